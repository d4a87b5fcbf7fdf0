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
    : subject_(std::move(subject)),
      stack_(&stack),
      members_(members),
      services_(std::move(services)),
      depth_(stack.size()) {
    const auto is_retry = [](const LayerSettings& layer) { return std::holds_alternative<RetrySettings>(layer); };
    const auto retry = std::find_if(stack.begin(), stack.end(), is_retry);
    if (retry != stack.end()) first_retry_ = static_cast<std::uint8_t>(retry - stack.begin());
    for (std::size_t l = 0; l < stack.size(); ++l)
        if (std::holds_alternative<HedgeSettings>(stack[l])) hedges_ |= 1U << l;
    make_layers(number, breakers);
    pipelines_.resize(instances(sharing_));
    for (std::size_t i = 0; i < pipelines_.size(); ++i) connect(i);
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

/// Of one instance of a layer. Balancers are told where they and their hosts stand.
std::unique_ptr<Layer> Caller::make(std::size_t layer, std::uint32_t instance, std::uint32_t breaker) const {
    std::unique_ptr<Layer> made = make_layer((*stack_)[layer], breaker);
    if (auto* balance = dynamic_cast<Balance*>(made.get()))
        balance->place(members_.zones.empty() ? std::uint16_t{0} : members_.zones[instance % members_.zones.size()],
                       members_.zones_of_hosts);
    return made;
}

void Caller::make_layers(std::uint16_t number, BreakerRegistry& breakers) {
    sharing_ = narrowest(*stack_);
    for (std::uint8_t l = 0; l < stack_->size(); ++l) {
        const LayerSettings& settings = (*stack_)[l];
        first_of_layer_.push_back(layers_.size());
        layers_.resize(layers_.size() + instances(scope_of(settings)));
        first_breakers_.push_back(static_cast<std::uint32_t>(breakers.entries().size()));
        if (!std::holds_alternative<BreakerSettings>(settings)) continue;
        for (std::uint32_t i = 0; i < instances(scope_of(settings)); ++i) breakers.add({number, l, i});
    }
    // Member by member, so that what one of them needs lies together.
    for (std::uint32_t i = 0; i < instances(sharing_); ++i)
        for (std::size_t l = 0; l < stack_->size(); ++l)
            if (i < instances(scope_of((*stack_)[l])))
                layers_[first_of_layer_[l] + i] = make(l, i, first_breakers_[l] + i);
}

/// In its place: calls refer to it.
void Caller::connect(std::size_t pipeline) {
    std::vector<Layer*> layers;
    for (std::size_t l = 0; l < stack_->size(); ++l) {
        // With the number of a client: its own, its group's, or the one for all; with a group's: the group's, or the
        // one for all.
        const std::size_t instance = pipeline % instances(scope_of((*stack_)[l]));
        layers.push_back(layers_[first_of_layer_[l] + instance].get());
    }
    pipelines_[pipeline] = Pipeline{std::move(layers)};
}

/// Members are dealt into groups one by one, so the last member of group g is the greatest number that leaves g.
bool Caller::belongs_to_first(std::uint32_t members, Scope scope, std::uint32_t instance) const noexcept {
    const std::uint32_t dealt_into = static_cast<std::uint32_t>(instances(scope));
    return instance + (members_.count - 1 - instance) / dealt_into * dealt_into < members;
}

void Caller::forget(std::uint32_t members, Instant now, Observer& observer, Waker& waker) {
    for (std::size_t l = 0; l < stack_->size(); ++l) {
        const Scope scope = scope_of((*stack_)[l]);
        for (std::uint32_t i = 0; i < instances(scope); ++i)
            if (belongs_to_first(members, scope, i)) renew(l, i, now, observer, waker);
    }
    for (std::size_t i = 0; i < pipelines_.size(); ++i) connect(i);
}

void Caller::renew(std::size_t layer, std::uint32_t instance, Instant now, Observer& observer, Waker& waker) {
    std::unique_ptr<Layer>& place = layers_[first_of_layer_[layer] + instance];
    const std::uint32_t number = first_breakers_[layer] + instance;
    if (auto* breaker = dynamic_cast<Breaker*>(place.get())) {
        Stream nothing_to_draw;
        breaker->catch_up(now, nothing_to_draw, observer, waker);
        if (breaker->state() != BreakerState::closed)
            observer.breaker_changed(now, {number, breaker->state(), BreakerState::closed, BreakerReason::forced, 0});
    }
    place = make(layer, instance, number);
}

void Caller::catch_up(Instant end, Observer& observer, Waker& waker) {
    Stream beyond_the_end;
    for (const auto& layer : layers_)
        if (auto* breaker = dynamic_cast<Breaker*>(layer.get()))
            breaker->catch_up(end, beyond_the_end, observer, waker);
}

}  // namespace stampede::sim
