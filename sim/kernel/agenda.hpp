#pragma once
/// What will happen, in order of time and then of insertion.
///
/// Events that always come after the same delay (a network hop, a timeout) are in order as they are made: each such
/// delay has a first-in, first-out lane. Everything else goes through a calendar. Nothing allocates in the steady
/// state.

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/kernel/audience.hpp"
#include "sim/kernel/calendar.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/event_lane.hpp"

namespace stampede::sim {

class Agenda {
public:
    static constexpr std::size_t max_lanes = 16;

    [[nodiscard]] Instant now() const noexcept { return now_; }
    [[nodiscard]] std::size_t pending() const noexcept {
        std::size_t count = calendar_.size();
        for (const EventLane& lane : lanes_) count += lane.size();
        return count;
    }

    /// Gives events after exactly this delay a lane of their own. Beyond `max_lanes` the calendar takes them: slower,
    /// not wrong.
    void add_lane(Duration delay) noexcept {
        if (sources_ > max_lanes || source_of(delay) != calendar) return;
        delays_[sources_++] = delay;
    }

    /// Adds an event so long after now: O(1), but for a calendar's sorting of a few events.
    [[gnu::always_inline]] void after(Duration delay, Event event) {
        event.at = now_ + delay;
        event.order = order_++;
        const std::size_t source = source_of(delay);
        if (source == calendar) {
            calendar_.push(event);
            if (event.due() < heads_[calendar]) note_head(calendar, event.due());
        } else {
            EventLane& lane = lanes_[source - 1];
            if (lane.empty()) note_head(source, event.due());
            lane.push(event);
        }
    }

    /// Takes the next event if it is due before `end`, and moves `now` to it; answers false, and leaves `now`, if none
    /// is.
    [[nodiscard]] bool next(Instant end, Event& event) { return next(end, event, NoAudience{}); }

    /// The same for an audience (see NoAudience). Stale events of lanes are left out, unless they come at once.
    template <class Audience>
    [[nodiscard]] bool next(Instant end, Event& event, const Audience& audience) {
        if (heads_[first_].at >= end) return false;
        if (first_ == calendar) {
            event = calendar_.top(audience);
            calendar_.pop();
            heads_[calendar] = calendar_.empty() ? Due{} : calendar_.top(audience).due();
            audience.look_into(calendar_);
        } else {
            EventLane& lane = lanes_[first_ - 1];
            event = lane.front();
            do {
                lane.pop();
                audience.look_into(lane);
            } while (!lane.empty() && audience.is_stale(lane.front()));
            heads_[first_] = lane.empty() ? Due{} : lane.front().due();
        }
        now_ = event.at;
        find_first();
        return true;
    }

    /// Frees the lanes of events that are stale, where they may be the most of them. To be called now and then: what is
    /// pending stays in proportion to what matters. O(1) for each event added since.
    template <class Audience>
    void sweep(const Audience& audience) {
        for (std::size_t source = 1; source < sources_; ++source) {
            EventLane& lane = lanes_[source - 1];
            if (!lane.has_doubled()) continue;
            lane.remove_if([&](const Event& event) { return audience.is_stale(event); });
            heads_[source] = lane.empty() ? Due{} : lane.front().due();
        }
        find_first();
    }

private:
    static constexpr std::size_t calendar = 0;  ///< of the sources of events; the lanes come after it

    [[nodiscard]] std::size_t source_of(Duration delay) const noexcept {
        std::size_t source = sources_ - 1;
        while (source != calendar && delays_[source] != delay) --source;
        return source;
    }

    void note_head(std::size_t source, const Due& due) noexcept {
        heads_[source] = due;
        if (due < heads_[first_]) first_ = source;
    }

    void find_first() noexcept {
        std::size_t first = 0;
        for (std::size_t i = 1; i < sources_; ++i) first = heads_[i] < heads_[first] ? i : first;
        first_ = first;
    }

    Calendar calendar_;
    std::array<EventLane, max_lanes> lanes_;
    std::array<Duration, max_lanes + 1> delays_{};  ///< by source
    std::array<Due, max_lanes + 1> heads_{};        ///< by source: its earliest
    std::size_t sources_ = 1;
    std::size_t first_ = calendar;  ///< the source whose head is the earliest; any, where nothing is pending
    std::uint32_t order_ = 0;
    Instant now_{};
};

}  // namespace stampede::sim
