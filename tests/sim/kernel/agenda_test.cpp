#include "sim/kernel/agenda.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <utility>
#include <vector>

using namespace stampede;
using namespace stampede::sim;

namespace {

constexpr Instant for_ever = Instant::max();

Event named(std::uint32_t subject) {
    Event event;
    event.subject = subject;
    return event;
}

Duration ns(std::int64_t count) { return Duration{count}; }

/// An agenda and the plainest thing that could stand in for it, in step.
class Pair {
public:
    explicit Pair(std::size_t lanes, Duration unit = ns(1)) {
        for (std::size_t i = 0; i < lanes; ++i) agenda_.add_lane(unit * i);
    }

    void after(Duration delay) {
        const auto subject = static_cast<std::uint32_t>(made_++);
        agenda_.after(delay, named(subject));
        planned_.push_back({now_ + delay, subject});
    }

    /// Takes one event from both; answers whether they agree.
    [[nodiscard]] bool next(Instant end) {
        const auto earlier = [](const Plan& a, const Plan& b) { return a.at < b.at; };
        const auto first = std::min_element(planned_.begin(), planned_.end(), earlier);  // the first of the equal ones
        Event event;
        const bool any = agenda_.next(end, event);
        if (first == planned_.end() || first->at >= end) return !any && agenda_.now() == now_;
        if (!any || event.subject != first->subject || event.at != first->at) return false;
        now_ = first->at;
        planned_.erase(first);
        return agenda_.now() == now_ && agenda_.pending() == planned_.size();
    }

    [[nodiscard]] bool empty() const { return planned_.empty(); }

private:
    struct Plan {
        Instant at;
        std::uint32_t subject;
    };
    Agenda agenda_;
    std::vector<Plan> planned_;  ///< in the order of insertion
    Instant now_{};
    std::size_t made_ = 0;
};

}  // namespace

TEST_CASE("the agenda serves events by time and then by insertion, whether a lane holds them or not") {
    CHECK(rc::check("agenda = plain list", [](const std::vector<std::uint8_t>& steps) {
        // Delays of 0 to 23 units: some in lanes, the rest not; every third step or so takes an event.
        const std::size_t lanes = *rc::gen::inRange<std::size_t>(0, Agenda::max_lanes + 4);
        const Duration unit = ns(std::int64_t{1} << *rc::gen::inRange(0, 42));  // to an hour
        Pair pair(lanes, unit);
        for (const std::uint8_t step : steps) {
            if (step % 3 == 0)
                RC_ASSERT(pair.next(for_ever));
            else
                pair.after(unit * (step % 24));
        }
        while (!pair.empty()) RC_ASSERT(pair.next(for_ever));
        RC_ASSERT(pair.next(for_ever));
    }));
}

TEST_CASE("stale events are left out or come, and all others come in their order") {
    struct Odd : NoAudience {
        const std::vector<bool>& stale;
        explicit Odd(const std::vector<bool>& flags) : stale(flags) {}
        [[nodiscard]] bool is_stale(const Event& event) const noexcept { return stale[event.subject]; }
    };
    CHECK(rc::check("agenda without stale events = plain list", [](const std::vector<std::uint8_t>& steps) {
        Agenda agenda;
        for (int i = 0; i < 4; ++i) agenda.add_lane(ns(i));
        std::vector<bool> stale;
        std::vector<std::pair<Instant, std::uint32_t>> planned;
        const Odd audience{stale};
        const auto take = [&] {
            Event event;
            while (agenda.next(for_ever, event, audience)) {
                if (stale[event.subject]) continue;
                const auto first = std::min_element(planned.begin(), planned.end());
                RC_ASSERT(first != planned.end());
                RC_ASSERT(*first == std::make_pair(event.at, event.subject));
                planned.erase(first);
                return;
            }
            RC_ASSERT(planned.empty());
        };
        for (const std::uint8_t step : steps) {
            // Often so many of one delay that a lane is worth sweeping.
            for (int i = 0; i < (step % 16 == 0 ? 1100 : 1); ++i) {
                const auto subject = static_cast<std::uint32_t>(stale.size());
                stale.push_back(false);
                agenda.after(ns(step % 6), named(subject));
                planned.emplace_back(agenda.now() + ns(step % 6), subject);
            }
            if (step % 3 == 0) take();
            const auto of = step % 7 + 2U;
            for (std::size_t i = 0; i < planned.size(); ++i) stale[planned[i].second] = planned[i].second % of == 0;
            std::erase_if(planned, [&](const auto& plan) { return stale[plan.second]; });
            if (step % 5 == 0) agenda.sweep(audience);
        }
        while (!planned.empty()) take();
    }));
}

TEST_CASE("an event that is due at the end, or later, is not taken, and the time does not move") {
    CHECK(rc::check("nothing at or after the end", [](const std::vector<std::uint8_t>& delays) {
        Pair pair(8);
        for (const std::uint8_t delay : delays) pair.after(ns(delay % 16));
        const Instant end{ns(*rc::gen::inRange(0, 16))};
        for (std::size_t i = 0; i < delays.size() + 1; ++i) RC_ASSERT(pair.next(end));
    }));
}

TEST_CASE("more delays than there are lanes still come in order") {
    Agenda agenda;
    constexpr std::int64_t delays = 2 * static_cast<std::int64_t>(Agenda::max_lanes);
    for (std::int64_t i = 0; i < delays; ++i) agenda.add_lane(ns(i));
    for (std::int64_t i = delays; i-- > 0;) agenda.after(ns(i), named(static_cast<std::uint32_t>(i)));
    CHECK(agenda.pending() == static_cast<std::size_t>(delays));
    for (std::uint32_t i = 0; i < delays; ++i) {
        Event event;
        REQUIRE(agenda.next(for_ever, event));
        CHECK(event.subject == i);
    }
}

TEST_CASE("a lane that is added twice is one lane") {
    Agenda agenda;
    for (int i = 0; i < 100; ++i) agenda.add_lane(ns(7));
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(Agenda::max_lanes); ++i) agenda.add_lane(ns(i));
    agenda.after(ns(7), named(1));
    agenda.after(ns(3), named(2));
    Event event;
    REQUIRE(agenda.next(for_ever, event));
    CHECK(event.subject == 2);
}

TEST_CASE("an empty agenda has nothing") {
    Agenda agenda;
    Event event;
    CHECK_FALSE(agenda.next(for_ever, event));
    CHECK(agenda.now() == Instant{});
}

TEST_CASE("what comes after centuries, as far as times reach, is there and stays out of the way") {
    CHECK(rc::check("the present before the far future", [](const std::vector<std::uint8_t>& steps) {
        Agenda agenda;
        agenda.add_lane(longest);  // of which the calendar takes care
        agenda.add_lane(ns(3));
        std::size_t far = 0;
        std::vector<std::pair<Instant, std::uint32_t>> planned;
        std::uint32_t made = 0;
        Event event;
        for (const std::uint8_t step : steps) {
            const Duration years = longest - ns(step);
            const bool is_far = step % 4 == 0;
            agenda.after(is_far ? years : ns(step % 8), named(made));
            if (is_far)
                ++far;
            else
                planned.emplace_back(agenda.now() + ns(step % 8), made);
            ++made;
            if (step % 3 != 0 || planned.empty()) continue;
            const auto first = std::min_element(planned.begin(), planned.end());
            RC_ASSERT(agenda.next(for_ever, event));
            RC_ASSERT(*first == std::make_pair(event.at, event.subject));
            planned.erase(first);
        }
        for (; !planned.empty(); planned.erase(planned.begin())) {
            std::sort(planned.begin(), planned.end());
            RC_ASSERT(agenda.next(for_ever, event));
            RC_ASSERT(planned.front() == std::make_pair(event.at, event.subject));
        }
        RC_ASSERT_FALSE(agenda.next(for_ever, event));
        RC_ASSERT(agenda.pending() == far);
    }));
}

TEST_CASE("a lane of nine years is as good as any after nine years") {
    constexpr Duration nine_years = std::chrono::hours{24 * 365 * 9};
    Agenda agenda;
    agenda.add_lane(nine_years);
    agenda.add_lane(ns(3));
    Event event;
    agenda.after(nine_years, named(1));
    REQUIRE(agenda.next(for_ever, event));
    CHECK(event.subject == 1);
    agenda.after(nine_years, named(2));
    agenda.after(ns(3), named(3));
    REQUIRE(agenda.next(for_ever, event));
    CHECK(event.subject == 3);
    CHECK_FALSE(agenda.next(for_ever, event));
    CHECK(agenda.pending() == 1);
}
