#include "policies/live/stack.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>
#include <utility>

#include "policies/core/same.hpp"

namespace stampede {
namespace {

void validate_all(const StackSettings& stack) {
    std::string mistakes;
    if (stack.size() > max_layers)
        mistakes = std::to_string(stack.size()) + " layers; a stack has at most " + std::to_string(max_layers);
    for (std::size_t i = 0; i < stack.size(); ++i) try {
            validate(stack[i]);
        } catch (const std::invalid_argument& invalid) {
            mistakes += (mistakes.empty() ? "layer " : "\nlayer ") + std::to_string(i) + ": " + invalid.what();
        }
    if (!mistakes.empty()) throw std::invalid_argument(mistakes);
}

/// How many layers of the same kind stand outside this one.
std::uint32_t order_in_kind(const StackSettings& stack, std::size_t place) {
    const auto end = stack.begin() + static_cast<std::ptrdiff_t>(place);
    return static_cast<std::uint32_t>(
        std::count_if(stack.begin(), end, [&](const auto& each) { return each.index() == stack[place].index(); }));
}

/// Whether the state of a kind of layer goes on under any other settings.
struct OutlivesChange {
    bool operator()(const BreakerSettings&) const { return true; }
    bool operator()(const BulkheadSettings&) const { return true; }
    bool operator()(const auto& /*stateless*/) const { return false; }
};

/// Numbers the threads that ask, in the order in which they do so first.
std::size_t number_of_this_thread() {
    static std::atomic<std::size_t> next = 0;
    thread_local const std::size_t number = next.fetch_add(1, std::memory_order_relaxed);
    return number;
}

bool outlives_change(const LayerSettings& settings) { return std::visit(OutlivesChange{}, settings); }

/// Puts a layer that outlives it under other settings of its kind.
struct Change {
    Layer& layer;
    Waker& waker;

    void operator()(const BreakerSettings& to) const { static_cast<Breaker&>(layer).change(to); }
    void operator()(const BulkheadSettings& to) const { static_cast<Bulkhead&>(layer).change(to, waker); }
    void operator()(const auto& /*does not outlive it*/) const {}
};

}  // namespace

Stack::Stack(const StackSettings& settings, std::uint32_t first_number)
    : Stack([&] {
          validate_all(settings);
          Places places;
          for (std::size_t i = 0; i < settings.size(); ++i) {
              auto own = std::make_unique<const LayerSettings>(settings[i]);
              auto layer = make_layer(*own, first_number + order_in_kind(settings, i));
              places.push_back(std::make_shared<Place>(Place{std::move(own), std::move(layer)}));
          }
          return places;
      }()) {}

Stack::Stack(Places places) : places_(std::move(places)) {
    std::vector<Layer*> layers;
    for (const auto& place : places_) layers.push_back(place->layer.get());
    pipeline_ = Pipeline{std::move(layers)};
}

LiveStack::LiveStack(const StackSettings& settings, std::uint32_t first_number) : first_number_(first_number) {
    open_doors_to(std::make_shared<const Stack>(settings, first_number));
}

std::shared_ptr<const Stack> LiveStack::current() const {
    const Door& door = doors_[number_of_this_thread() % doors_.size()];
    const std::scoped_lock lock(door.mutex);
    return door.current;
}

void LiveStack::open_doors_to(const std::shared_ptr<const Stack>& stack) {
    for (Door& door : doors_) {
        const auto own_count = std::make_shared<const std::shared_ptr<const Stack>>(stack);
        std::shared_ptr<const Stack> next(own_count, stack.get());
        const std::scoped_lock lock(door.mutex);
        door.current.swap(next);
    }
}

/// The layer of this stack that goes on as `place` of a stack with other settings; null where none does.
std::shared_ptr<Stack::Place> Stack::kept_as(const StackSettings& settings, std::size_t place) const {
    std::uint32_t order = order_in_kind(settings, place);
    for (const auto& own : places_) {
        if (own->settings->index() != settings[place].index() || order-- != 0) continue;
        return outlives_change(settings[place]) || same(*own->settings, settings[place]) ? own : nullptr;
    }
    return nullptr;
}

void LiveStack::swap(const StackSettings& settings, Waker& waker) {
    const auto old = current();
    const Stack fresh{settings, first_number_};
    Stack::Places places = fresh.places_;
    for (std::size_t i = 0; i < settings.size(); ++i)
        if (auto kept = old->kept_as(settings, i)) places[i] = std::move(kept);
    const std::shared_ptr<const Stack> next(new Stack(places));

    // Nothing has changed so far, so that wrong settings change nothing.
    for (std::size_t i = 0; i < settings.size(); ++i) {
        if (places[i] == fresh.places_[i] || !outlives_change(settings[i])) continue;
        auto& now = fresh.places_[i]->settings;
        std::visit(Change{*places[i]->layer, waker}, *now);
        places[i]->settings = std::move(now);
    }
    open_doors_to(next);
}

}  // namespace stampede
