/// HERD-1 on one std::priority_queue: the least that a discrete-event simulation can be.

#include <queue>
#include <vector>

#include "bench/baseline/herd_main.hpp"

namespace {

using stampede::bench::Event;

class Heap {
public:
    void push(const Event& event) { heap_.push(event); }
    void push_network(const Event& event) { heap_.push(event); }
    void push_timeout(const Event& event) { heap_.push(event); }

    bool pop(Event& event, double horizon) {
        if (heap_.empty() || heap_.top().time > horizon) return false;
        event = heap_.top();
        heap_.pop();
        return true;
    }

private:
    std::priority_queue<Event, std::vector<Event>, stampede::bench::Later> heap_;
};

}  // namespace

int main(int argc, char** argv) { return stampede::bench::herd_main<Heap>(argc, argv); }
