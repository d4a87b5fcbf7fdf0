#pragma once

#include <cstddef>
#include <vector>

#include "sim/kernel/event.hpp"

namespace stampede::sim {

/// A 4-ary min-heap: half as deep as a binary one, and the four children lie in two cache lines.
/// push and pop O(log n); allocates only to grow.
class EventHeap {
public:
    [[nodiscard]] bool empty() const noexcept { return events_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return events_.size(); }
    [[nodiscard]] const Event& top() const noexcept { return events_.front(); }

    void push(const Event& event) {
        std::size_t hole = events_.size();
        events_.push_back(event);
        while (hole > 0) {
            const std::size_t parent = (hole - 1) / 4;
            if (!before(event, events_[parent])) break;
            events_[hole] = events_[parent];
            hole = parent;
        }
        events_[hole] = event;
    }

    void pop() noexcept {
        const Event last = events_.back();
        events_.pop_back();
        const std::size_t size = events_.size();
        if (size == 0) return;
        std::size_t hole = 0;
        for (std::size_t child = 1; child < size; child = 4 * hole + 1) {
            const std::size_t end = child + 4 < size ? child + 4 : size;
            std::size_t least = child;
            for (std::size_t other = child + 1; other < end; ++other)
                if (before(events_[other], events_[least])) least = other;
            if (!before(events_[least], last)) break;
            events_[hole] = events_[least];
            hole = least;
        }
        events_[hole] = last;
    }

private:
    std::vector<Event> events_;
};

}  // namespace stampede::sim
