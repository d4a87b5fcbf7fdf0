#include "sim/clients/caller.hpp"

#include <algorithm>

namespace stampede::sim {
namespace {

/// The narrowest of the scopes in a stack decides who can share a whole pipeline.
Scope narrowest(const StackSettings& stack) {
    Scope narrowest = Scope::all;
    for (const auto& layer : stack) narrowest = std::min(narrowest, scope_of(layer));
    return narrowest;
}
static_assert(Scope::client < Scope::group && Scope::group < Scope::all);

}  // namespace

Caller::Caller(std::string subject, const StackSettings& stack, std::uint16_t number, Members members,
               std::vector<std::uint16_t> services, BreakerRegistry& breakers)
    : subject_(std::move(subject)), members_(members), services_(std::move(services)), depth_(stack.size()) {
    const auto is_retry = [](const LayerSettings& layer) { return std::holds_alternative<RetrySettings>(layer); };
    const auto retry = std::find_if(stack.begin(), stack.end(), is_retry);
    if (retry != stack.end()) first_retry_ = static_cast<std::uint8_t>(retry - stack.begin());
    for (std::size_t l = 0; l < stack.size(); ++l)
        if (std::holds_alternative<HedgeSettings>(stack[l])) hedges_ |= 1U << l;
    build_pipelines(stack, number, breakers);
}

std::size_t Caller::instances(Scope scope) const noexcept {
    switch (scope) {
        case Scope::all:
            return 1;
        case Scope::group:
            return members_.groups;
        case Scope::client:
            break;
    }
    return members_.count;
}

void Caller::build_pipelines(const StackSettings& stack, std::uint16_t number, BreakerRegistry& breakers) {
    sharing_ = narrowest(stack);
    std::vector<std::size_t> first_of_layer;
    for (std::uint8_t l = 0; l < stack.size(); ++l) {
        first_of_layer.push_back(layers_.size());
        const bool is_breaker = std::holds_alternative<BreakerSettings>(stack[l]);
        for (std::uint32_t i = 0; i < instances(scope_of(stack[l])); ++i) {
            layers_.push_back(make_layer(stack[l], is_breaker ? breakers.add({number, l, i}) : 0));
            if (std::holds_alternative<BalanceSettings>(stack[l]))
                static_cast<Balance&>(*layers_.back())
                    .place(members_.zones.empty() ? std::uint16_t{0} : members_.zones[i % members_.zones.size()],
                           members_.zones_of_hosts);
        }
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

void Caller::catch_up(Instant end, Observer& observer, Waker& waker) {
    Stream beyond_the_end;
    for (const auto& layer : layers_)
        if (auto* breaker = dynamic_cast<Breaker*>(layer.get()))
            breaker->catch_up(end, beyond_the_end, observer, waker);
}

}  // namespace stampede::sim
