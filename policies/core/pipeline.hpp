#pragma once
/// Layers in the order in which a call meets them, outermost first.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

#include "policies/core/layer.hpp"

namespace stampede {

/// More layers than anyone has stacked; a call's frames are laid out for it at the most.
inline constexpr std::size_t max_layers = 16;

/// Refers to its layers, does not own them: several pipelines may share a layer (a breaker for all clients).
class Pipeline {
public:
    Pipeline() = default;

    /// Throws std::length_error for more than `max_layers`.
    explicit Pipeline(std::vector<Layer*> layers) : layers_(std::move(layers)) {
        if (layers_.size() > max_layers) throw std::length_error("a pipeline has at most 16 layers");
        for (Layer* layer : layers_) {
            branches_ = branches_ || layer->branches();
            has_budgets_ = has_budgets_ || layer->budget_below() != nullptr;
        }
    }

    [[nodiscard]] std::uint8_t depth() const noexcept { return static_cast<std::uint8_t>(layers_.size()); }
    [[nodiscard]] Layer& operator[](std::size_t i) const noexcept { return *layers_[i]; }
    /// Some layer may have several attempts of one call under way at once.
    [[nodiscard]] bool branches() const noexcept { return branches_; }

    /// Some layer bounds those further in.
    [[nodiscard]] bool has_budgets() const noexcept { return has_budgets_; }
    /// What bounds this layer: of the nearest one further out that has a budget for those below it; null for nothing.
    [[nodiscard, gnu::noinline]] Budget* budget_above(std::size_t layer) const noexcept {
        while (layer-- > 0)
            if (Budget* budget = layers_[layer]->budget_below()) return budget;
        return nullptr;
    }

private:
    std::vector<Layer*> layers_;
    bool branches_ = false;
    bool has_budgets_ = false;
};

}  // namespace stampede
