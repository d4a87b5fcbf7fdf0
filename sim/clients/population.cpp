#include "sim/clients/population.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"

namespace stampede::sim {

using namespace scenarios;

namespace {

Sampler gap_of(const Load& load) {
    if (const auto* closed = std::get_if<ClosedLoad>(&load)) return Sampler{closed->think};
    const auto& open = std::get<OpenLoad>(load);
    const Duration period = from_seconds(1 / open.rate.per_second);
    if (open.arrivals == Arrivals::poisson) return Sampler{ExponentialTime{period}};
    return Sampler{ConstantTime{period}};
}

/// The narrowest of the scopes in a stack decides who can share a whole pipeline.
Scope narrowest(const StackSettings& stack) {
    Scope narrowest = Scope::all;
    for (const auto& layer : stack) narrowest = std::min(narrowest, scope_of(layer));
    return narrowest;
}
static_assert(Scope::client < Scope::group && Scope::group < Scope::all);

}  // namespace

Population::Population(const ClientSettings& clients, const StackSettings& stack, std::uint16_t number,
                       std::uint32_t first_agent, std::size_t service, BreakerRegistry& breakers)
    : settings_(clients),
      first_agent_(first_agent),
      agents_(clients.count),
      service_(service),
      depth_(stack.size()),
      gap_(gap_of(clients.load)) {
    if (const auto* closed = std::get_if<ClosedLoad>(&settings_.load)) {
        open_ = false;
        agents_per_client_ = closed->concurrency;
        agents_ *= agents_per_client_;
    } else {
        const auto& open = std::get<OpenLoad>(settings_.load);
        regular_ = open.arrivals != Arrivals::poisson;
        aligned_ = open.arrivals == Arrivals::aligned;
        period_ = from_seconds(1 / open.rate.per_second);
    }
    const auto is_retry = [](const LayerSettings& layer) { return std::holds_alternative<RetrySettings>(layer); };
    const auto retry = std::find_if(stack.begin(), stack.end(), is_retry);
    if (retry != stack.end()) first_retry_ = static_cast<std::uint8_t>(retry - stack.begin());
    for (std::size_t l = 0; l < stack.size(); ++l)
        if (std::holds_alternative<HedgeSettings>(stack[l])) hedges_ |= 1U << l;
    build_pipelines(stack, number, breakers);
}

std::size_t Population::instances(Scope scope) const noexcept {
    switch (scope) {
        case Scope::all:
            return 1;
        case Scope::group:
            return settings_.groups;
        case Scope::client:
            break;
    }
    return settings_.count;
}

void Population::build_pipelines(const StackSettings& stack, std::uint16_t number, BreakerRegistry& breakers) {
    sharing_ = narrowest(stack);
    std::vector<std::size_t> first_of_layer;
    for (std::uint8_t l = 0; l < stack.size(); ++l) {
        first_of_layer.push_back(layers_.size());
        const bool is_breaker = std::holds_alternative<BreakerSettings>(stack[l]);
        for (std::uint32_t i = 0; i < instances(scope_of(stack[l])); ++i)
            layers_.push_back(make_layer(stack[l], is_breaker ? breakers.add({number, l, i}) : 0));
    }
    for (std::uint32_t i = 0; i < instances(sharing_); ++i) {
        std::vector<Layer*> layers;
        for (std::size_t l = 0; l < stack.size(); ++l) {
            // With i a client: its own, its group's, or the one for all; with i a group: the group's, or the one for
            // all.
            const std::size_t instance = i % instances(scope_of(stack[l]));
            layers.push_back(layers_[first_of_layer[l] + instance].get());
        }
        pipelines_.emplace_back(std::move(layers));
    }
}

Duration Population::first_request(Stream& stream) const noexcept {
    if (aligned_) return period_;
    if (regular_) return from_seconds(uniform(stream, 0, to_seconds(period_)));
    return gap_.draw(stream);
}

Duration Population::next_request(Stream& stream) const noexcept {
    if (regular_) return period_;
    return gap_.draw(stream);
}

}  // namespace stampede::sim
