#pragma once

#include <sys/types.h>

#include <string>

#include "sim/replications/replications.hpp"

namespace stampede::sim {

/// One run in a process of its own. Its result is read from a pipe as it comes.
class Worker {
public:
    /// Forks. Throws std::system_error where the system has no process or pipe to give.
    explicit Worker(const PlannedRun& job);
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    /// Ends the process if it still runs.
    ~Worker();

    /// Becomes readable when `pump` has something to do.
    [[nodiscard]] int descriptor() const noexcept { return pipe_; }
    /// Reads what is there; answers true when the process has closed its end.
    [[nodiscard]] bool pump();
    /// Waits for the process and says what became of the run. After `pump` has answered true.
    [[nodiscard]] Replication finish();

private:
    int pipe_ = -1;
    pid_t process_ = -1;
    std::string bytes_;
};

}  // namespace stampede::sim
