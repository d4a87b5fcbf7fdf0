/// HERD-1 with a lane for each constant delay beside the heap: what is pushed a constant after now comes back in the
/// order in which it was pushed, so that network hops and timeouts need no heap.

#include <cstddef>
#include <queue>
#include <vector>

#include "bench/baseline/herd_main.hpp"

namespace {

using stampede::bench::Event;

/// First in, first out in a ring whose size is a power of two.
class Lane {
public:
    [[nodiscard]] bool due_before(double time) const { return count_ != 0 && ring_[head_].time < time; }
    [[nodiscard]] double time() const { return ring_[head_].time; }

    void push(const Event& event) {
        if (count_ == ring_.size()) grow();
        ring_[(head_ + count_++) & (ring_.size() - 1)] = event;
    }
    Event pop() {
        const Event event = ring_[head_];
        head_ = (head_ + 1) & (ring_.size() - 1);
        --count_;
        return event;
    }

private:
    void grow() {
        std::vector<Event> larger(2 * ring_.size());
        for (std::size_t i = 0; i < count_; ++i) larger[i] = ring_[(head_ + i) & (ring_.size() - 1)];
        ring_.swap(larger);
        head_ = 0;
    }

    std::vector<Event> ring_ = std::vector<Event>(1024);
    std::size_t head_ = 0;
    std::size_t count_ = 0;
};

class HeapAndLanes {
public:
    void push(const Event& event) { heap_.push(event); }
    void push_network(const Event& event) { network_.push(event); }
    void push_timeout(const Event& event) { timeouts_.push(event); }

    bool pop(Event& event, double horizon) {
        double first = heap_.empty() ? horizon + 1 : heap_.top().time;
        Lane* lane = nullptr;
        for (Lane* candidate : {&network_, &timeouts_}) {
            if (!candidate->due_before(first)) continue;
            first = candidate->time();
            lane = candidate;
        }
        if (first > horizon) return false;
        if (lane != nullptr) {
            event = lane->pop();
        } else {
            event = heap_.top();
            heap_.pop();
        }
        return true;
    }

private:
    std::priority_queue<Event, std::vector<Event>, stampede::bench::Later> heap_;
    Lane network_;
    Lane timeouts_;
};

}  // namespace

int main(int argc, char** argv) { return stampede::bench::herd_main<HeapAndLanes>(argc, argv); }
