#pragma once
/// Where calls wait for a worker, in which order they leave, and what keeps the queue short.

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede::scenarios {

struct FifoDiscipline {
    static constexpr std::string_view name = "fifo";
    static constexpr std::string_view doc = "first come, first served";
    static constexpr auto fields() { return std::tuple{}; }
};

struct LifoDiscipline {
    static constexpr std::string_view name = "lifo";
    static constexpr std::string_view doc = "last come, first served: under overload some calls are still in time";
    static constexpr auto fields() { return std::tuple{}; }
};

struct AdaptiveLifoDiscipline {
    std::uint32_t above = 10;
    static constexpr std::string_view name = "adaptive_lifo";
    static constexpr std::string_view doc = "first come, first served while the queue is short, else last come first";
    static constexpr auto fields() {
        return std::tuple{field("above", &AdaptiveLifoDiscipline::above, "calls waiting up to which it counts as short")
                              .up_to(10'000'000)};
    }
};

struct CodelDiscipline {
    Duration target = std::chrono::milliseconds{5};
    Duration interval = std::chrono::milliseconds{100};
    static constexpr std::string_view name = "codel";
    static constexpr std::string_view doc =
        "first come, first served, but calls are turned away at the head, ever more often, once all have waited longer "
        "than a target for an interval (RFC 8289)";
    static constexpr auto fields() {
        return std::tuple{
            field("target", &CodelDiscipline::target, "a wait that is acceptable for long").above(0).up_to(3600),
            field("interval", &CodelDiscipline::interval, "how long it may be exceeded").above(0).up_to(3600)};
    }
};

struct PriorityDiscipline {
    std::uint32_t classes = 4;
    bool retries_last = false;
    static constexpr std::string_view name = "priority";
    static constexpr std::string_view doc =
        "the most important first, among equals first come, first served; where the queue is full a call takes the "
        "place of the least important that came last, if that is less important";
    static constexpr auto fields() {
        return std::tuple{field("classes", &PriorityDiscipline::classes,
                                "classes told apart; calls of priority classes - 1 and beyond are the least important")
                              .from(2)
                              .up_to(256),
                          field("retries_last", &PriorityDiscipline::retries_last,
                                "retries, and calls that are known to be made for one, are of the least important "
                                "class")};
    }
};

using Discipline =
    std::variant<FifoDiscipline, LifoDiscipline, AdaptiveLifoDiscipline, CodelDiscipline, PriorityDiscipline>;

/// Random early drop: S. Floyd, V. Jacobson, IEEE/ACM Trans. Networking 1, 1993, on the present length.
struct EarlyDropSettings {
    Share from = 0.5;
    Share most = 1;
    static constexpr std::string_view doc = "turns calls away at random before the queue is full";
    static constexpr auto fields() {
        return std::tuple{field("from", &EarlyDropSettings::from, "share of the limit from which it begins"),
                          field("most", &EarlyDropSettings::most,
                                "share of calls turned away when the queue is all but full; grows in a straight line")};
    }
};

enum class WhenFull : std::uint8_t { reject, drop, drop_oldest };

[[nodiscard]] constexpr auto choices(WhenFull) {
    return std::array{
        Choice<WhenFull>{WhenFull::reject, "reject", "the call that comes is turned away (overload)"},
        Choice<WhenFull>{WhenFull::drop, "drop", "the call that comes vanishes, as at a full accept backlog"},
        Choice<WhenFull>{WhenFull::drop_oldest, "drop_oldest",
                         "the call that has waited longest is turned away (overload) to make room"},
    };
}

enum class DeadlineAdmission : std::uint8_t { ignore, drop_expired, estimate };

[[nodiscard]] constexpr auto choices(DeadlineAdmission) {
    return std::array{
        Choice<DeadlineAdmission>{DeadlineAdmission::ignore, "ignore", "calls are served however late"},
        Choice<DeadlineAdmission>{
            DeadlineAdmission::drop_expired, "drop_expired",
            "a call whose deadline has passed, or whose caller has given up, is turned away when its turn comes"},
        Choice<DeadlineAdmission>{
            DeadlineAdmission::estimate, "estimate",
            "besides, a call is turned away when it comes if the calls before it would take until "
            "after its deadline"},
    };
}

struct QueueSettings {
    std::uint32_t limit = 1000;
    Discipline discipline = FifoDiscipline{};
    std::optional<Duration> timeout;
    WhenFull when_full = WhenFull::reject;
    std::optional<EarlyDropSettings> early_drop;
    DeadlineAdmission deadlines = DeadlineAdmission::ignore;
    static constexpr std::string_view doc = "where calls wait for a worker; a call that finds it full is turned away";
    static constexpr auto fields() {
        return std::tuple{
            field("limit", &QueueSettings::limit, "calls that may wait, those in service not counted")
                .from(0)
                .up_to(10'000'000),
            field("discipline", &QueueSettings::discipline, "the order in which they are served"),
            field("timeout", &QueueSettings::timeout, "calls that have waited so long are turned away (overload)")
                .above(0)
                .up_to(86'400),
            field("when_full", &QueueSettings::when_full, "what happens to a call for which there is no room"),
            field("early_drop", &QueueSettings::early_drop, "turns some calls away before it is full"),
            field("deadlines", &QueueSettings::deadlines, "whether the deadlines that calls bring are looked at")};
    }
};

}  // namespace stampede::scenarios
