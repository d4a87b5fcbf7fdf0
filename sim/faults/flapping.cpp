#include <algorithm>

#include "policies/random/distributions.hpp"
#include "scenarios/format/targets.hpp"
#include "sim/faults/fault.hpp"
#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using scenarios::FlappingFault;

namespace {

class Flapping {
public:
    Flapping(const FlappingFault& fault, const EpisodePlan& plan, std::uint64_t which)
        : fault_(fault),
          plan_(plan),
          stream_(stream_of(plan.seed, EntityKind::fault, plan.fault, which, Purpose::flapping)) {}

    /// All that go down together do so when the fault begins; those that do not are in the midst of it.
    void add_episodes(const std::vector<std::uint16_t>& struck) {
        Duration now = plan_.occurrence.begin;
        if (!fault_.together) now += fault_.drawn ? time(fault_.up) : from_seconds(stream_.uniform() * cycle_s());
        while (now < plan_.occurrence.end) {
            const Duration back = std::min(now + time(fault_.down), plan_.occurrence.end);
            plan_.episodes.push_back({plan_.fault, Instant{} + now, Instant{} + back, struck});
            now = back + time(fault_.up);
        }
    }

private:
    [[nodiscard]] double cycle_s() const { return to_seconds(fault_.up + fault_.down); }
    /// Above nothing, so that the run goes on.
    [[nodiscard]] Duration time(Duration mean) {
        if (!fault_.drawn) return mean;
        return std::max(from_seconds(exponential(stream_, to_seconds(mean))), Duration{1'000});
    }

    const FlappingFault& fault_;
    const EpisodePlan& plan_;
    Stream stream_;
};

scenarios::OutageFault outage_of(const FlappingFault& fault) {
    scenarios::OutageFault outage;
    outage.mode = fault.mode;
    return outage;
}

}  // namespace

void add_episodes(const FlappingFault& fault, const EpisodePlan& plan) {
    const auto struck = scenarios::struck_by(plan.scenario, fault.on, fault.share);
    // Occurrences of one fault differ, too.
    const auto nth = static_cast<std::uint64_t>(plan.nth) << 16U;
    if (fault.together) return Flapping{fault, plan, nth}.add_episodes(struck);
    for (const std::uint16_t instance : struck) Flapping{fault, plan, nth | instance}.add_episodes({instance});
}

void apply(const FlappingFault& fault, const FaultScene& scene) { apply(outage_of(fault), scene); }
void lift(const FlappingFault& fault, const FaultScene& scene) { lift(outage_of(fault), scene); }

}  // namespace stampede::sim
