#pragma once
/// What a breaker keeps of the past: the settings.

#include <cstdint>
#include <optional>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede {

/// When a window of time goes on to its next bucket.
enum class BucketTurn : std::uint8_t { clock, call, one_a_call };

[[nodiscard]] constexpr auto choices(BucketTurn) {
    return std::array{
        Choice<BucketTurn>{BucketTurn::clock, "clock", "at multiples of its width, whatever is called"},
        Choice<BucketTurn>{BucketTurn::call, "call", "with the first call after its width; old ones go with time"},
        Choice<BucketTurn>{
            BucketTurn::one_a_call, "one_a_call",
            "as call, and one old one goes with each new one: after a silence what was before it counts"},
    };
}

/// How a window of time slides: the oldest bucket goes as a whole.
struct BucketSettings {
    std::uint32_t at_least = 10;
    std::optional<Duration> widest{};
    BucketTurn turn = BucketTurn::clock;

    static constexpr std::string_view doc = "the buckets of a window of time";
    static constexpr auto fields() {
        return std::tuple{
            field("at_least", &BucketSettings::at_least, "how many there are at least").from(1).up_to(10'000),
            field("widest", &BucketSettings::widest, "where they would be wider there are more").above(0).up_to(86'400),
            field("turn", &BucketSettings::turn, "when the next one is begun")};
    }
    /// How many buckets of equal width so long a time has.
    [[nodiscard]] std::uint32_t count(Duration time) const;

    friend bool operator==(const BucketSettings&, const BucketSettings&) = default;
};

/// One of `count`, `time`, `interval` and `average`.
struct BreakerWindow {
    std::optional<std::uint32_t> count{};
    std::optional<Duration> time{};
    std::optional<Duration> interval{};
    std::optional<std::uint32_t> average{};

    static constexpr std::string_view doc = "the outcomes that rates and counts are taken over";
    static constexpr auto fields() {
        return std::tuple{
            field("count", &BreakerWindow::count, "the last so many outcomes").from(1).up_to(100'000),
            field("time", &BreakerWindow::time, "the outcomes of so long, sliding by buckets").above(0).up_to(86'400),
            field("interval", &BreakerWindow::interval,
                  "all outcomes since the interval began; the first call after it begins the next one with nothing")
                .above(0)
                .up_to(86'400),
            field("average", &BreakerWindow::average,
                  "an exponential moving average of all outcomes in which each new one weighs 2/(average + 1)")
                .from(1)
                .up_to(100'000)};
    }
    void check(Problems& problems) const;

    /// Whether it is a stretch of time, whose calls can be counted when they come.
    [[nodiscard]] bool is_timed() const { return time || interval; }

    friend bool operator==(const BreakerWindow&, const BreakerWindow&) = default;
};

}  // namespace stampede
