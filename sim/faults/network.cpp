#include "sim/faults/fault.hpp"

namespace stampede::sim {
namespace {

NetworkRule rule_between(const scenarios::FaultEnds& ends, const FaultScene& scene) {
    const scenarios::Scenario& scenario = scene.stage.scenario;
    return {FaultEnd{scenario, ends.from, ends.share}, FaultEnd{scenario, ends.to, 1}, ends.one_way};
}

}  // namespace

void apply(const scenarios::PartitionFault& fault, const FaultScene& scene) {
    NetworkRule rule = rule_between(fault, scene);
    rule.blocks = true;
    scene.stage.network.set_rule(scene.number, rule);
}

void lift(const scenarios::PartitionFault&, const FaultScene& scene) { scene.stage.network.remove_rule(scene.number); }

void apply(const scenarios::NetworkFault& fault, const FaultScene& scene) {
    NetworkRule rule = rule_between(fault, scene);
    rule.strength = scene.strength;
    rule.loss = fault.loss * scene.strength;
    rule.duplication = fault.duplication * scene.strength;
    if (fault.bandwidth) rule.seconds_per_byte = scene.strength / fault.bandwidth->bytes_per_s;
    if (fault.latency) rule.latency.emplace(*fault.latency);
    scene.stage.network.set_rule(scene.number, rule);
}

void lift(const scenarios::NetworkFault&, const FaultScene& scene) { scene.stage.network.remove_rule(scene.number); }

}  // namespace stampede::sim
