#include "sim/replications/replications.hpp"

#include <poll.h>

#include <algorithm>
#include <memory>
#include <system_error>

#include "sim/replications/worker.hpp"

namespace stampede::sim {
namespace {

constexpr int poll_milliseconds = 250;

struct Running {
    std::size_t job;
    std::unique_ptr<Worker> worker;
};

/// Waits until a worker has something to say, or a quarter of a second has passed.
void wait_for(const std::vector<Running>& running) {
    std::vector<pollfd> descriptors;
    for (const Running& each : running) descriptors.push_back({each.worker->descriptor(), POLLIN, 0});
    ::poll(descriptors.data(), descriptors.size(), poll_milliseconds);
}

/// Starts as many of the jobs as may run at once. Where the system has no process or pipe to give, those that run are
/// waited for, and fewer run from then on; a job that cannot even be started alone has failed.
void start(const std::vector<PlannedRun>& jobs, Progress& progress, std::size_t& next, std::size_t& parallel,
           std::vector<Running>& running, std::vector<Replication>& results) {
    for (; next < jobs.size() && running.size() < parallel; ++next) {
        try {
            running.push_back({next, std::make_unique<Worker>(jobs[next])});
        } catch (const std::system_error& error) {
            if (!running.empty()) {
                parallel = running.size();
                return;
            }
            results[next] = Failure{error.what()};
            ++progress.finished;
        }
    }
}

bool has_something(const Running& running) {
    pollfd descriptor{running.worker->descriptor(), POLLIN, 0};
    return ::poll(&descriptor, 1, 0) > 0;
}

}  // namespace

std::vector<Replication> run_all(const std::vector<PlannedRun>& jobs, const ReplicationOptions& options) {
    std::vector<Replication> results(jobs.size(), Interrupted{});
    std::vector<Running> running;
    std::size_t next = 0;
    Progress progress{0, jobs.size()};
    std::size_t parallel = std::max(1U, options.parallel);

    while (next < jobs.size() || !running.empty()) {
        if (options.interrupted && options.interrupted()) break;  // destroying the workers ends them
        start(jobs, progress, next, parallel, running, results);
        wait_for(running);
        for (Running& each : running) {
            if (!has_something(each) || !each.worker->pump()) continue;
            results[each.job] = each.worker->finish();
            each.worker.reset();
            ++progress.finished;
        }
        std::erase_if(running, [](const Running& each) { return !each.worker; });
        if (options.on_progress) options.on_progress(progress);
    }
    return results;
}

}  // namespace stampede::sim
