#pragma once

#include <stdexcept>
#include <string>

namespace stampede::cli {

/// What the program tells its caller. The numbers from 64 to 78 are those of sysexits.h; 99 is k6's, 130 the shell's,
/// 98 our own.
enum class Exit : int {
    fine = 0,
    wrong_usage = 2,
    invalid_scenario = 65,
    file_not_found = 66,
    internal_error = 70,  ///< also: a run did not come back
    io_error = 74,
    run_stopped = 98,  ///< by a limit of the scenario; the report holds the time until then
    threshold_failed = 99,
    interrupted = 130,
};

/// Ends a verb with a message on standard error.
class Stop : public std::runtime_error {
public:
    Stop(Exit code, const std::string& message) : std::runtime_error(message), exit(code) {}
    Exit exit;
};

}  // namespace stampede::cli
