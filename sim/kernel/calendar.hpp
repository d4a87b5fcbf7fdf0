#pragma once
/// Events in order of time: a timing wheel of two levels.
///
/// Time is cut into bags of 65 µs, and those into pages of 4,096 bags (0.27 s). Events of the present page lie in their
/// bags, events of later pages in one bag a page; both unsorted, so that adding is O(1). A page is dealt into bags when
/// it is turned to, a bag is sorted when it is reached: each event is moved at most three times, whatever is pending.
/// Two small heaps take the rest: events before the bag that is open (it may have been opened early, by looking ahead)
/// and events more than 4,095 pages (18 minutes) ahead.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/kernel/event.hpp"
#include "sim/kernel/event_bag.hpp"
#include "sim/kernel/event_heap.hpp"

namespace stampede::sim {

class Calendar {
public:
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Events may be added at any time, also before the first that is pending.
    [[gnu::noinline]] void push(const Event& event) {
        ++size_;
        const std::uint64_t bag = bag_of(event);
        if (bag < open_bag_) return early_.push(event);
        if (bag == open_bag_) return insert_open(event);
        const std::uint64_t page = bag / BagRing::size;
        const std::uint64_t open_page = open_bag_ / BagRing::size;
        if (page == open_page)
            bags_.add(bag % BagRing::size, event, pieces_);
        else if (page - open_page < BagRing::size)
            pages_.add(page % BagRing::size, event, pieces_);
        else
            far_.push(event);
    }

    /// The earliest event. Not to be called where there is none.
    [[nodiscard]] const Event& top() {
        return top([](const Event&) {});
    }

    /// The same; tells `foresee` of events that will come a little later, so that what they need can be fetched
    /// meanwhile.
    template <class Foresee>
    [[nodiscard]] const Event& top(Foresee&& foresee) {
        if (open_.empty() && early_.empty()) open_next_bag(foresee);
        return early_.empty() ? open_.back() : early_.top();
    }

    /// Takes the earliest away, after `top`.
    void pop() noexcept {
        --size_;
        if (early_.empty())
            open_.pop_back();
        else
            early_.pop();
    }

    /// The event so many places behind the first in the bag that is open, or null.
    [[nodiscard]] const Event* ahead(std::size_t places) const noexcept {
        return open_.size() > places ? &open_[open_.size() - 1 - places] : nullptr;
    }

private:
    static constexpr unsigned bag_shift = 16;  ///< a bag spans 2^16 ns

    [[nodiscard]] static std::uint64_t bag_of(const Event& event) noexcept {
        return static_cast<std::uint64_t>(event.at.time_since_epoch().count()) >> bag_shift;
    }
    [[nodiscard]] static bool later(const Event& a, const Event& b) noexcept { return before(b, a); }

    void insert_open(const Event& event) {
        open_.insert(std::upper_bound(open_.begin(), open_.end(), event, later), event);
    }

    template <class Foresee>
    void open_next_bag(Foresee&& foresee) {
        std::size_t bag = bags_.first_from(open_bag_ % BagRing::size);
        if (bag == BagRing::none) {
            turn_page();
            bag = bags_.first_from(0);
        }
        open_bag_ = open_bag_ / BagRing::size * BagRing::size + bag;
        bags_.take(bag, pieces_, [&](std::span<const Event> some) {
            for (const Event& event : some) open_.push_back(event);
        });
        if (open_.size() > 1) std::sort(open_.begin(), open_.end(), later);
        if (pieces_.are_many()) look_ahead(bag, foresee);
    }

    /// What lies in the next bag is foreseen; it was fetched itself when this one was about to be opened.
    template <class Foresee>
    void look_ahead(std::size_t bag, Foresee&& foresee) {
        const std::size_t next = bags_.first_from(bag + 1);
        if (next == BagRing::none) return;
        pieces_.look_at(bags_.head(next), foresee);
        const std::size_t after = bags_.first_from(next + 1);
        if (after != BagRing::none) pieces_.prefetch(bags_.head(after));
    }

    /// Deals the next page that holds anything into bags.
    void turn_page() {
        const std::uint64_t open_page = open_bag_ / BagRing::size;
        std::uint64_t page = next_page(open_page);
        if (!far_.empty()) page = std::min(page, bag_of(far_.top()) / BagRing::size);
        open_bag_ = page * BagRing::size;
        const auto deal = [&](const Event& event) { bags_.add(bag_of(event) % BagRing::size, event, pieces_); };
        pages_.take(page % BagRing::size, pieces_, [&](std::span<const Event> some) {
            for (const Event& event : some) deal(event);
        });
        for (; !far_.empty() && bag_of(far_.top()) / BagRing::size == page; far_.pop()) deal(far_.top());
    }

    /// The next page with a bag of its own that holds anything; far beyond all where there is none.
    [[nodiscard]] std::uint64_t next_page(std::uint64_t open_page) const noexcept {
        const std::size_t here = open_page % BagRing::size;
        std::size_t found = pages_.first_from(here + 1);
        if (found != BagRing::none) return open_page + (found - here);
        found = pages_.first_from(0);
        if (found != BagRing::none) return open_page + (found + BagRing::size - here);
        return ~std::uint64_t{0};
    }

    EventPieces pieces_;
    BagRing bags_;
    BagRing pages_;
    EventHeap early_;
    EventHeap far_;
    std::vector<Event> open_;  ///< the bag that has been reached, latest first
    std::uint64_t open_bag_ = 0;
    std::size_t size_ = 0;
};

}  // namespace stampede::sim
