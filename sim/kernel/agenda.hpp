#pragma once
/// What will happen, in order of time and then of insertion.
///
/// Events that always come after the same delay (a network hop, a timeout) are in order as they are made: each such
/// delay has a first-in, first-out lane. Everything else goes through a calendar. Nothing allocates in the steady
/// state.

#include <array>
#include <cstddef>
#include <stdexcept>

#include "sim/kernel/calendar.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/ring.hpp"

namespace stampede::sim {

class Agenda {
public:
    static constexpr std::size_t max_lanes = 16;

    [[nodiscard]] Instant now() const noexcept { return now_; }
    [[nodiscard]] std::size_t pending() const noexcept {
        std::size_t count = calendar_.size();
        for (std::size_t i = 0; i < lane_count_; ++i) count += lanes_[i].size();
        return count;
    }

    /// Gives events after exactly this delay a lane of their own. Beyond `max_lanes` the heap takes them: slower, not
    /// wrong.
    void add_lane(Duration delay) noexcept {
        if (lane_count_ == max_lanes || lane_of(delay) < lane_count_) return;
        delays_[lane_count_++] = delay;
    }

    /// Adds an event so long after now: O(1), but for a calendar's sorting of a few events.
    void after(Duration delay, Event event) {
        event.at = now_ + delay;
        event.order = order_++;
        const std::size_t lane = lane_of(delay);
        if (lane == lane_count_) return calendar_.push(event);
        const bool was_empty = lanes_[lane].empty();
        lanes_[lane].push(event);
        if (was_empty && (first_lane_ == none || before(event, lanes_[first_lane_].front()))) first_lane_ = lane;
    }

    /// Takes the next event if it is due before `end`, and moves `now` to it; answers false, and leaves `now`, if none
    /// is.
    [[nodiscard]] bool next(Instant end, Event& event) {
        return next(end, event, [](const Event&) {});
    }

    /// The same; tells `foresee` of an event that will come a little later, so that what it needs can be fetched
    /// meanwhile.
    template <class Foresee>
    [[nodiscard]] bool next(Instant end, Event& event, Foresee&& foresee) {
        const bool from_lane =
            first_lane_ != none && (calendar_.empty() || before(lanes_[first_lane_].front(), calendar_.top()));
        if (!from_lane && calendar_.empty()) return false;
        const Event& first = from_lane ? lanes_[first_lane_].front() : calendar_.top();
        if (first.at >= end) return false;
        event = first;
        now_ = event.at;
        if (from_lane) {
            Ring<Event>& lane = lanes_[first_lane_];
            lane.pop();
            if (lane.size() > foresight) foresee(lane.ahead(foresight));
            find_first_lane();
        } else {
            calendar_.pop();
        }
        return true;
    }

private:
    static constexpr std::size_t none = max_lanes;
    static constexpr std::size_t foresight =
        8;  ///< events; long enough for memory to answer, short enough to stay cached

    [[nodiscard]] std::size_t lane_of(Duration delay) const noexcept {
        std::size_t lane = 0;
        while (lane < lane_count_ && delays_[lane] != delay) ++lane;
        return lane;
    }

    void find_first_lane() noexcept {
        first_lane_ = none;
        for (std::size_t i = 0; i < lane_count_; ++i) {
            if (lanes_[i].empty()) continue;
            if (first_lane_ == none || before(lanes_[i].front(), lanes_[first_lane_].front())) first_lane_ = i;
        }
    }

    Calendar calendar_;
    std::array<Ring<Event>, max_lanes> lanes_;
    std::array<Duration, max_lanes> delays_{};
    std::size_t lane_count_ = 0;
    std::size_t first_lane_ = none;  ///< the lane whose head is the earliest
    std::uint32_t order_ = 0;
    Instant now_{};
};

}  // namespace stampede::sim
