#pragma once
/// What will happen, in order of time and then of insertion.
///
/// Events that always come after the same delay (a network hop, a timeout) are in order as they are made: each such
/// delay has a first-in, first-out lane. Everything else goes through a calendar. Nothing allocates in the steady
/// state.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/kernel/audience.hpp"
#include "sim/kernel/calendar.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/event_lane.hpp"

namespace stampede::sim {

class Agenda {
public:
    static constexpr std::size_t max_lanes = 16;

    Agenda() { heads_.fill(no_head); }

    [[nodiscard]] Instant now() const noexcept { return now_; }
    [[nodiscard]] std::size_t pending() const noexcept {
        std::size_t count = calendar_.size();
        for (const EventLane& lane : lanes_) count += lane.size();
        return count;
    }

    /// Gives events after exactly this delay a lane of their own. Beyond `max_lanes` the calendar takes them: slower,
    /// not wrong. It takes those that come after years, too.
    void add_lane(Duration delay) {
        if (sources_ > max_lanes || source_of(delay) != calendar || delay > longest_of_lanes) return;
        lanes_.emplace_back();
        delays_[sources_++] = delay;
    }

    /// Adds an event so long after now: O(1), but for a calendar's sorting of a few events.
    [[gnu::always_inline]] void after(Duration delay, const Event& event) {
        const Due due{now_ + delay, order_++};
        const EventWords words{event, due};
        const std::size_t source = source_of(delay);
        if (source == calendar) return push_to_calendar(words.time, words.what, words.whom);
        EventLane& lane = lanes_[source - 1];
        if (lane.empty()) note_head(source, head_at(due.at, source));
        lane.push(words);
    }

    /// Takes the next event if it is due before `end`, and moves `now` to it; answers false, and leaves `now`, if none
    /// is. What is due nine years after the beginning, or later, is not taken.
    [[nodiscard]] bool next(Instant end, Event& event) { return next(end, event, NoAudience{}); }

    /// The same for an audience (see NoAudience). Stale events of lanes are left out, unless they come at once.
    template <class Audience>
    [[nodiscard]] bool next(Instant end, Event& event, const Audience& audience) {
        if (heads_[first_] >= head_at(std::min(end, latest), 0)) return false;
        if (first_ == calendar) {
            event = calendar_.top(audience);
            calendar_.pop();
            heads_[calendar] = head_of_calendar(audience);
            audience.look_into(calendar_);
        } else {
            EventLane& lane = lanes_[first_ - 1];
            event = lane.front();
            do {
                lane.pop();
                audience.look_into(lane);
            } while (!lane.empty() && audience.is_stale(lane.front()));
            heads_[first_] = head_of(lane, first_);
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
            heads_[source] = head_of(lane, source);
        }
        find_first();
    }

private:
    static constexpr std::size_t calendar = 0;  ///< of the sources of events; the lanes come after it

    /// When a source's earliest event is due, in nanoseconds, and below that the source: the least of all heads tells
    /// both. Of the calendar all that is due nine years after the beginning, or later, counts as due then.
    using Head = std::uint64_t;
    static constexpr unsigned source_bits = 5;
    static constexpr Head no_head = ~Head{0} << source_bits;  ///< of the calendar, as it were
    static constexpr Instant latest{Duration{static_cast<std::int64_t>(no_head >> source_bits) / 2}};
    static constexpr Duration longest_of_lanes = latest - Instant{};  ///< from any time before it, a head can tell
    static_assert(max_lanes < 1U << source_bits);

    [[nodiscard]] static Head head_at(Instant at, std::size_t source) noexcept {
        return static_cast<Head>(at.time_since_epoch().count()) << source_bits | source;
    }
    [[nodiscard]] static Head head_of(const EventLane& lane, std::size_t source) noexcept {
        return lane.empty() ? no_head : head_at(lane.front().at, source);
    }
    template <class Audience>
    [[nodiscard]] Head head_of_calendar(const Audience& audience) {
        return calendar_.empty() ? no_head : head_at(std::min(calendar_.top(audience).at, latest), calendar);
    }

    [[nodiscard]] std::size_t source_of(Duration delay) const noexcept {
        std::size_t source = sources_ - 1;
        while (source != calendar && delays_[source] != delay) --source;
        return source;
    }

    /// Of the event's words, which so stay in registers.
    [[gnu::noinline]] void push_to_calendar(std::uint64_t time, std::uint64_t what, std::uint64_t whom) {
        const EventWords event{time, what, whom};
        calendar_.push(event);
        const Head head = head_at(std::min(event.due().at, latest), calendar);
        if (head < heads_[calendar]) note_head(calendar, head);
    }

    /// The event is younger than all others: of those that are due with it, it comes last.
    void note_head(std::size_t source, Head head) noexcept {
        heads_[source] = head;
        if (head >> source_bits < heads_[first_] >> source_bits) first_ = source;
    }

    /// Without a branch on which of two comes first, since that cannot be foreseen. That two come at once can.
    void find_first() {
        Head first = heads_[calendar];
        bool tied = false;
        for (std::size_t source = 1; source < sources_; ++source) {
            const Head head = heads_[source];
            tied = ((head ^ first) >> source_bits == 0) | (tied & (head > first));
            first = std::min(first, head);
        }
        first_ = first % (Head{1} << source_bits);
        if (tied && first != no_head) first_ = oldest_of(first >> source_bits);
    }

    /// The source whose head is the oldest of those that are due then.
    [[nodiscard, gnu::noinline]] std::size_t oldest_of(Head due) {
        std::size_t oldest = sources_;
        for (std::size_t source = 0; source < sources_; ++source)
            if (heads_[source] >> source_bits == due && (oldest == sources_ || before(front(source), front(oldest))))
                oldest = source;
        return oldest;
    }
    [[nodiscard]] const Event& front(std::size_t source) {
        return source == calendar ? calendar_.top() : lanes_[source - 1].front();
    }

    Calendar calendar_;
    std::vector<EventLane> lanes_;
    std::array<Duration, max_lanes + 1> delays_{};  ///< by source
    std::array<Head, max_lanes + 1> heads_;         ///< by source
    std::size_t sources_ = 1;
    std::size_t first_ = calendar;  ///< the source whose head is the earliest; any, where nothing is pending
    std::uint32_t order_ = 0;
    Instant now_{};
};

}  // namespace stampede::sim
