#include "sim/clients/visits.hpp"

#include <algorithm>

#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

Visits::Visits(const scenarios::Scenario& scenario, std::uint64_t seed) {
    const auto& clients = scenario.clients;
    if (std::none_of(clients.begin(), clients.end(), [](const auto& each) { return each.value.patience.has_value(); }))
        return;
    crowds_.resize(clients.size());
    for (std::size_t p = 0; p < clients.size(); ++p)
        if (clients[p].value.patience)
            crowds_[p].emplace(*clients[p].value.patience,
                               stream_of(seed, EntityKind::population, p, 0, Purpose::patience),
                               stream_of(seed, EntityKind::population, p, 1, Purpose::patience));
}

Visits::Wait Visits::begin(std::size_t population, std::uint32_t call, std::uint32_t reloads) {
    if (call >= requests_.size()) requests_.resize(2 * std::size_t{call} + 1);
    Request& request = requests_[call];
    ++request.serial;
    request.reloads = reloads;
    Crowd& crowd = *crowds_[population];
    return {crowd.patience.draw(reloads == 0 ? crowd.first_waits : crowd.reloads), request.serial};
}

std::optional<Visits::Reload> Visits::after_giving_up(std::size_t population, std::uint32_t call) {
    Crowd& crowd = *crowds_[population];
    const std::uint32_t reloads = requests_[call].reloads;
    if (reloads >= crowd.settings.max_reloads || crowd.reloads.uniform() >= crowd.settings.reload) return std::nullopt;
    return Reload{crowd.delay.draw(crowd.reloads), reloads + 1};
}

std::optional<Visits::Reload> Visits::after_outcome(std::size_t population, std::uint32_t call, Outcome outcome) {
    const bool fine = outcome == Outcome::success || outcome == Outcome::fallback;
    if (fine || !crowds_[population]->settings.on_failure) return std::nullopt;
    return after_giving_up(population, call);
}

}  // namespace stampede::sim
