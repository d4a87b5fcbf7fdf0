#pragma once
/// Any of the kinds of windows.

#include <optional>
#include <variant>

#include "policies/breaker/windows/average.hpp"
#include "policies/breaker/windows/count.hpp"
#include "policies/breaker/windows/settings.hpp"
#include "policies/breaker/windows/time.hpp"
#include "policies/breaker/windows/tumbling.hpp"

namespace stampede {

/// One of the kinds of windows, or none. About 56 bytes; rings are allocated when the first outcome comes.
class Window {
public:
    Window(const std::optional<BreakerWindow>& settings, const BucketSettings& buckets)
        : kind_(make(settings, buckets)) {}

    [[nodiscard]] bool exists() const noexcept { return kind_.index() != 0; }

    /// One more success that is not slow would change nothing.
    [[nodiscard]] bool holds_nothing_but_successes() const noexcept {
        const auto* count = std::get_if<CountWindow>(&kind_);
        return count != nullptr ? count->is_full_of_successes() : !exists();
    }

    /// For rates of calls: a call has come.
    void arrived(Instant now) {
        if (auto* time = std::get_if<TimeWindow>(&kind_)) time->arrived(now);
        if (auto* tumbling = std::get_if<TumblingWindow>(&kind_)) tumbling->arrived();
    }
    /// For rates of calls: a call that has come has ended.
    void settled(Instant now, Counted outcome) {
        if (auto* time = std::get_if<TimeWindow>(&kind_)) time->settled(now, outcome);
        if (auto* tumbling = std::get_if<TumblingWindow>(&kind_)) tumbling->settled(outcome);
    }
    /// For rates of outcomes.
    void add(Instant now, Counted outcome) {
        if (auto* count = std::get_if<CountWindow>(&kind_)) return count->add(outcome);
        if (auto* average = std::get_if<AverageWindow>(&kind_)) return average->add(outcome);
        arrived(now);
        settled(now, outcome);
    }

    /// Whatever it holds at a time, `now` or later than the last one told.
    [[nodiscard]] Measured measured(Instant now) noexcept {
        if (auto* time = std::get_if<TimeWindow>(&kind_)) time->advance(now);
        return std::visit([](const auto& window) { return window.measured(); }, kind_);
    }
    [[nodiscard]] bool interval_is_over(Instant now) const noexcept {
        const auto* tumbling = std::get_if<TumblingWindow>(&kind_);
        return tumbling != nullptr && tumbling->is_over(now);
    }
    void clear(Instant now) noexcept;
    /// Goes on under other settings: where both count it keeps the newest outcomes that fit, else it is empty.
    void change(const std::optional<BreakerWindow>& to, const BucketSettings& buckets);

private:
    struct None {
        [[nodiscard]] static Measured measured() noexcept { return {}; }
    };
    using Kind = std::variant<None, CountWindow, TimeWindow, TumblingWindow, AverageWindow>;
    [[nodiscard]] static Kind make(const std::optional<BreakerWindow>& settings, const BucketSettings& buckets);

    Kind kind_;
};

}  // namespace stampede
