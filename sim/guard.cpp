#include "sim/guard.hpp"

#include <unistd.h>

#include <fstream>

namespace stampede::sim {
namespace {

/// What of the process is in memory now; 0 where the system does not say.
double resident_mib() noexcept {
    std::ifstream file("/proc/self/statm");
    double all_pages = 0;
    double resident_pages = 0;
    if (!(file >> all_pages >> resident_pages)) return 0;
    return resident_pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1U << 20U);
}

}  // namespace

std::string_view RunGuard::reached(Instant now, std::size_t pending) noexcept {
    events_ += interval;
    at_once_ = now == last_ ? at_once_ + interval : 0;
    last_ = now;
    if (static_cast<double>(events_) >= limits_.events) return "events";
    if (static_cast<double>(at_once_) >= limits_.at_once) return "at_once";
    if (static_cast<double>(pending) >= limits_.pending) return "pending";
    if (resident_mib() >= limits_.memory_mib) return "memory_mib";
    return {};
}

}  // namespace stampede::sim
