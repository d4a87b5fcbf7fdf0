#pragma once
/// Events in order of time: a timing wheel of two levels.
///
/// Time is cut into bags, and those into pages of 4,096 bags. Events of the present page lie in their bags, events of
/// later pages in one bag a page; both unsorted, so that adding is O(1). A page is dealt into bags when it is turned
/// to, a bag is sorted when it is reached: each event is moved at most three times, whatever is pending. Two small
/// heaps take the rest: events before the bag that is open (it may have been opened early, by looking ahead) and events
/// more than 32,767 pages ahead.
///
/// A bag spans 65 µs at first. Where events come so densely that a bag holds several, time is cut more finely from the
/// next page on, down to 128 ns: what is cheap is not to sort. Compare Brown, "Calendar queues", CACM 31 (1988), whose
/// calendar adapts its days to the events likewise.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/kernel/audience.hpp"
#include "sim/kernel/bag_ring.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/event_heap.hpp"
#include "sim/kernel/event_pieces.hpp"

namespace stampede::sim {

class Calendar {
public:
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// Events may be added at any time, also before the first that is pending.
    void push(const EventWords& event) {
        ++size_;
        const std::uint64_t bag = bag_of(event);
        if (bag <= open_bag_) return push_early(event.event());
        if (bag / Bags::size == open_bag_ / Bags::size)
            bags_.add(bag % Bags::size, event, pieces_);
        else
            push_later_page(event);
    }

    /// The earliest event. Not to be called where there is none. `audience` foresees others that come
    /// after it where it `looks_ahead`, and where so many are pending that they are not in the cache.
    template <class Audience>
    [[nodiscard]] const Event& top(const Audience& audience) {
        if (open_.empty() && early_.empty()) open_next_bag(audience);
        return early_.empty() ? open_.back() : early_.top();
    }

    [[nodiscard]] const Event& top() { return top(NoAudience{}); }

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
    using Bags = BagRing<4096>;
    using Pages = BagRing<32'768>;
    static constexpr unsigned widest = 16;  ///< a bag spans 2^16 ns
    static constexpr unsigned narrowest = 7;

    [[nodiscard]] std::uint64_t bag_of(const EventWords& event) const noexcept { return event.time >> bag_shift_; }
    [[nodiscard]] static bool later(const Event& a, const Event& b) noexcept { return before(b, a); }

    /// Into the bag that is open, or before it.
    [[gnu::noinline]] void push_early(const Event& event) {
        if (bag_of(event) < open_bag_) return early_.push(event);
        open_.insert(std::upper_bound(open_.begin(), open_.end(), event, later), event);
    }

    void push_later_page(const EventWords& event) {
        const std::uint64_t page = bag_of(event) / Bags::size;
        if (page - open_bag_ / Bags::size < Pages::size)
            pages_.add(page % Pages::size, event, pieces_);
        else
            push_far(event.event());
    }
    [[gnu::noinline, gnu::cold]] void push_far(const Event& event) { far_.push(event); }

    template <class Audience>
    void open_next_bag(const Audience& audience) {
        std::size_t bag = bags_.first_from(open_bag_ % Bags::size);
        if (bag == Bags::none) {
            turn_page();
            bag = bags_.first_from(0);
        }
        open_bag_ = open_bag_ / Bags::size * Bags::size + bag;
        bags_.take(bag, pieces_, [&](std::span<const Event> some) {
            for (const Event& event : some) open_.push_back(event);
        });
        if (open_.size() > 1) std::sort(open_.begin(), open_.end(), later);
        taken_ += open_.size();
        if (pieces_.are_many() && audience.looks_ahead()) look_ahead(bag, audience);
    }

    /// What lies in the next bag is foreseen; it was fetched itself when this one was about to be opened.
    template <class Audience>
    void look_ahead(std::size_t bag, const Audience& audience) {
        const std::size_t next = bags_.first_from(bag + 1);
        if (next == Bags::none) return;
        for (const Event& later : pieces_.look_at(bags_.head(next))) audience.foresee(later);
        const std::size_t after = bags_.first_from(next + 1);
        if (after != Bags::none) pieces_.prefetch(bags_.head(after));
    }

    /// Deals the next page that holds anything into bags.
    void turn_page() {
        if (taken_ > Bags::size) cut_finer();
        taken_ = 0;
        std::uint64_t page = next_page(open_bag_ / Bags::size);
        if (!far_.empty()) page = std::min(page, bag_of(far_.top()) / Bags::size);
        open_bag_ = page * Bags::size;
        const auto deal = [&](const Event& event) { bags_.add(bag_of(event) % Bags::size, event, pieces_); };
        pages_.take(page % Pages::size, pieces_, [&](std::span<const Event> some) {
            for (const Event& event : some) deal(event);
        });
        for (; !far_.empty() && bag_of(far_.top()) / Bags::size == page; far_.pop()) deal(far_.top());
    }

    /// At the end of a page: so that bags will hold an event or less if events go on to come as in this page.
    void cut_finer() {
        const auto by = std::min(static_cast<unsigned>(std::bit_width(taken_ / Bags::size)), bag_shift_ - narrowest);
        if (by == 0) return;
        Pages before = pages_;
        pages_ = {};
        bag_shift_ -= by;
        open_bag_ = ((open_bag_ + 1) << by) - 1;
        for (std::size_t page = 0; (page = before.first_from(page)) != Pages::none;)
            before.take(page, pieces_, [&](std::span<const Event> some) {
                for (const Event& event : some) push_later_page(event);
            });
    }

    /// The next page with a bag of its own that holds anything; far beyond all where there is none.
    [[nodiscard]] std::uint64_t next_page(std::uint64_t open_page) const noexcept {
        const std::size_t here = open_page % Pages::size;
        std::size_t found = pages_.first_from(here + 1);
        if (found != Pages::none) return open_page + (found - here);
        found = pages_.first_from(0);
        if (found != Pages::none) return open_page + (found + Pages::size - here);
        return ~std::uint64_t{0};
    }

    EventPieces pieces_;
    Bags bags_;
    Pages pages_;
    EventHeap early_;
    EventHeap far_;
    std::vector<Event> open_;  ///< the bag that has been reached, latest first
    std::uint64_t open_bag_ = 0;
    unsigned bag_shift_ = widest;
    std::size_t taken_ = 0;  ///< events, out of bags of this page
    std::size_t size_ = 0;
};

}  // namespace stampede::sim
