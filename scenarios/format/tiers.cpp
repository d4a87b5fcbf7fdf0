/// Services that call services.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "scenarios/format/checks.hpp"

namespace stampede::scenarios {
namespace {

/// Events name instances by 16 bits and callers by 14.
constexpr std::uint64_t most_instances = 60'000;
constexpr std::size_t most_callers = 16'000;

/// Walks along the calls, depth first; a way back to a service that is being walked through is a cycle.
class Cycles {
public:
    Cycles(const Scenario& scenario, const Node& services, Mistakes& mistakes)
        : services_(scenario.services), nodes_(services), mistakes_(mistakes), seen_(services_.size()) {}

    void find() {
        for (std::size_t i = 0; i < services_.size(); ++i) walk(i);
    }

private:
    enum class Seen : std::uint8_t { no, on_the_way, done };

    [[nodiscard]] std::size_t place(const std::string& name) const {
        const auto named = [&](const auto& service) { return service.name == name; };
        return static_cast<std::size_t>(std::find_if(services_.begin(), services_.end(), named) - services_.begin());
    }

    void walk(std::size_t service) {
        if (seen_[service] != Seen::no) return;
        seen_[service] = Seen::on_the_way;
        way_.push_back(service);
        const auto& calls = services_[service].value.calls;
        for (std::size_t k = 0; k < calls.size(); ++k) {
            const Node& call = member(nodes_.children[service], "calls").children[k];
            follow(place(calls[k].to), member(call, "to"));
            for (std::size_t a = 0; a < calls[k].alternatives.size(); ++a)
                follow(place(calls[k].alternatives[a]), member(call, "alternatives").children[a]);
        }
        way_.pop_back();
        seen_[service] = Seen::done;
    }

    void follow(std::size_t service, const Node& node) {
        if (seen_[service] != Seen::on_the_way) return walk(service);
        std::string circle;
        for (auto at = std::find(way_.begin(), way_.end(), service); at != way_.end(); ++at)
            circle += services_[*at].name + " → ";
        mistakes_.add(node, fmt::format("calls go round in a circle: {}{}", circle, services_[service].name),
                      "a call that comes back to where it began would never end");
    }

    const Table<ServiceSettings>& services_;
    const Node& nodes_;
    Mistakes& mistakes_;
    std::vector<Seen> seen_;
    std::vector<std::size_t> way_;
};

}  // namespace

const Node& member(const Node& node, std::string_view key) {
    const Node* child = node.find(key);
    return child != nullptr ? *child : node;
}

std::size_t callers_of(const Scenario& scenario) {
    return std::accumulate(scenario.services.begin(), scenario.services.end(), scenario.clients.size(),
                           [](std::size_t sum, const auto& service) { return sum + service.value.calls.size(); });
}

void check_tiers(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    const Node& services = member(root, "services");
    std::uint64_t instances = 0;
    for (const auto& service : scenario.services) instances += service.value.most_instances();
    if (instances > most_instances)
        mistakes.add(services,
                     fmt::format("{} instances in all; at most {} can be simulated", instances, most_instances));
    if (callers_of(scenario) > most_callers)
        mistakes.add(services, fmt::format("{} populations and calls between services; at most {} can be simulated",
                                           callers_of(scenario), most_callers));
    Cycles(scenario, services, mistakes).find();
}

}  // namespace stampede::scenarios
