/// HERD-1 on the scheduler of ns-3: every event is a callback given to ns3::Simulator::Schedule.

#include <ns3/nstime.h>
#include <ns3/simulator.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "bench/baseline/herd_main.hpp"

namespace {

using stampede::bench::Event;

/// Keeps the agenda where the model's other agendas have queues of their own.
class Ns3 {
public:
    void push(const Event& event) { ns3::Simulator::Schedule(delay_of(event), &Ns3::fire, this, event); }
    void push_network(const Event& event) { push(event); }
    void push_timeout(const Event& event) { push(event); }

    template <class Handle>
    void run(double horizon, Handle&& handle) {
        handle_ = handle;
        ns3::Simulator::Stop(ns3::Seconds(horizon));
        ns3::Simulator::Run();
    }

private:
    /// ns-3 counts nanoseconds; the model's own times stay as they are, so that it draws the same numbers.
    [[nodiscard]] ns3::Time delay_of(const Event& event) const {
        return ns3::NanoSeconds(std::max(0L, std::lround((event.time - now_) * 1e9)));
    }
    void fire(Event event) {
        now_ = event.time;
        handle_(event);
    }

    std::function<void(const Event&)> handle_;
    double now_ = 0;
};

}  // namespace

int main(int argc, char** argv) { return stampede::bench::herd_main<Ns3>(argc, argv); }
