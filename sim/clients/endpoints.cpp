#include "sim/clients/endpoints.hpp"

#include <algorithm>

#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using scenarios::Scenario;

EndpointChoices::EndpointChoices(const Scenario& scenario, std::uint64_t seed) {
    for (const auto& service : scenario.services) size_ += service.value.endpoints.size();
    if (size_ == 0) return;
    for (std::size_t p = 0; p < scenario.clients.size(); ++p)
        add(scenario, scenario.clients[p].value.calls, scenario.clients[p].value.endpoint,
            stream_of(seed, EntityKind::population, p, 0, Purpose::endpoints));
    for (std::size_t s = 0; s < scenario.services.size(); ++s) {
        const auto& calls = scenario.services[s].value.calls;
        for (std::size_t c = 0; c < calls.size(); ++c)
            add(scenario, calls[c].to, calls[c].endpoint,
                stream_of(seed, EntityKind::outgoing_call, s, c, Purpose::endpoints));
    }
}

void EndpointChoices::add(const Scenario& scenario, const std::string& service, const std::string& endpoint,
                          Stream stream) {
    Of of;
    of.stream = stream;
    for (const auto& [name, settings] : scenario.services) {
        if (name != service) {
            of.first += static_cast<std::uint32_t>(settings.endpoints.size());
            continue;
        }
        double sum = 0;
        for (const auto& each : settings.endpoints) {
            ++of.count;
            if (each.name == endpoint) of.fixed = of.count;
            of.up_to.push_back(sum += each.value.weight);
        }
        break;
    }
    if (of.count == 1) of.fixed = 1;
    callers_.push_back(std::move(of));
}

void EndpointChoices::choose(std::uint16_t caller, std::uint32_t call) {
    if (call >= chosen_.size()) chosen_.resize(2 * std::size_t{call} + 1);
    Of& of = callers_[caller];
    std::size_t number = of.fixed;
    if (number == 0) {
        // The first whose sum is above the draw: one of weight 0 never is.
        const double u = of.stream.uniform() * of.up_to.back();
        number = static_cast<std::size_t>(std::upper_bound(of.up_to.begin(), of.up_to.end(), u) - of.up_to.begin()) + 1;
        number = std::min<std::size_t>(number, of.count);
    }
    chosen_[call] = {static_cast<std::uint32_t>(of.first + number - 1), static_cast<std::uint8_t>(number)};
}

}  // namespace stampede::sim
