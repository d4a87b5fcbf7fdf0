#pragma once
/// Stops a run that would not end.

#include <cstdint>
#include <string_view>

#include "policies/core/time.hpp"
#include "scenarios/format/limits.hpp"

namespace stampede::sim {

class RunGuard {
public:
    /// The limits are looked at whenever so many more events have been.
    static constexpr std::uint64_t interval = 65'536;

    explicit RunGuard(const scenarios::RunLimits& limits) : limits_(limits) {}

    /// To be asked after every `interval` events: the name of the limit that is reached, or nothing. `pending`: events
    /// to come, or calls under way, whichever are more.
    [[nodiscard]] std::string_view reached(Instant now, std::size_t pending) noexcept;

private:
    const scenarios::RunLimits& limits_;
    std::uint64_t events_ = 0;
    std::uint64_t at_once_ = 0;
    Instant last_{};
};

}  // namespace stampede::sim
