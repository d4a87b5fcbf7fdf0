#pragma once
/// How an open breaker finds out whether the service is back.

#include <cstdint>
#include <optional>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede {

enum class Permits : std::uint8_t { in_total, at_once };
[[nodiscard]] constexpr auto choices(Permits) {
    return std::array{
        Choice<Permits>{Permits::in_total, "in_total", "so many trials until the breaker moves"},
        Choice<Permits>{Permits::at_once, "at_once", "so many trials at a time: one that has ended makes room"},
    };
}

enum class Decides : std::uint8_t { counts, rates };
[[nodiscard]] constexpr auto choices(Decides) {
    return std::array{
        Choice<Decides>{Decides::counts, "counts", "so many successes, or so many failures"},
        Choice<Decides>{Decides::rates, "rates",
                        "the breaker's rates, after as many trials as its minimum says and at most calls"},
    };
}

enum class Others : std::uint8_t { refuse, wait, pass };
[[nodiscard]] constexpr auto choices(Others) {
    return std::array{
        Choice<Others>{Others::refuse, "refuse", "they are refused"},
        Choice<Others>{Others::wait, "wait", "they wait until a trial has ended, then ask again, first come first"},
        Choice<Others>{Others::pass, "pass", "they go through and count as trials too"},
    };
}

enum class IgnoredTrial : std::uint8_t { gives_back, succeeds, closes };
[[nodiscard]] constexpr auto choices(IgnoredTrial) {
    return std::array{
        Choice<IgnoredTrial>{IgnoredTrial::gives_back, "gives_back", "another call may try in its place"},
        Choice<IgnoredTrial>{IgnoredTrial::succeeds, "succeeds", "counts as a success, also where it was cut"},
        Choice<IgnoredTrial>{IgnoredTrial::closes, "closes", "closes the breaker and leaves its window as it is"},
    };
}

enum class AfterWait : std::uint8_t { open, closed };
[[nodiscard]] constexpr auto choices(AfterWait) {
    return std::array{Choice<AfterWait>{AfterWait::open, "open", "open again"},
                      Choice<AfterWait>{AfterWait::closed, "closed", "closed"}};
}

struct HalfOpenSettings {
    std::uint32_t calls = 3;
    Permits permits = Permits::in_total;
    std::optional<std::uint32_t> successes{};
    std::uint32_t failures = 1;
    Decides decides = Decides::counts;
    Others others = Others::refuse;
    std::uint32_t max_waiting = 1'000;
    IgnoredTrial ignored = IgnoredTrial::gives_back;
    std::optional<Duration> max_wait{};
    AfterWait after_wait = AfterWait::open;
    bool timed = false;

    static constexpr std::string_view doc = "how an open breaker finds out whether the service is back";
    static constexpr auto fields() {
        using H = HalfOpenSettings;
        return std::tuple{
            field("calls", &H::calls, "trial calls let through").from(1).up_to(1'000'000),
            field("permits", &H::permits, "whether that is their number in total or at once"),
            field("successes", &H::successes, "successes that close it; without it as many as calls")
                .from(1)
                .up_to(1'000'000),
            field("failures", &H::failures, "failures that open it again").from(1).up_to(1'000'000),
            field("decides", &H::decides, "what of the trials closes or opens it"),
            field("others", &H::others, "what calls beyond the trials do"),
            field("max_waiting", &H::max_waiting, "calls that may wait; further ones are refused")
                .from(0)
                .up_to(1'000'000),
            field("ignored", &H::ignored, "what a trial does whose outcome is ignored"),
            field("max_wait", &H::max_wait, "longest time half-open; without it as long as it takes")
                .above(0)
                .up_to(86'400),
            field("after_wait", &H::after_wait, "what the breaker becomes then"),
            field("timed", &H::timed, "half-open as soon as the open time is over, not with the first call after it")};
    }
};

}  // namespace stampede
