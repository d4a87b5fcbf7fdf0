#include "policies/stack.hpp"

namespace stampede {
namespace {

/// Which layer each family's settings make. A new family is one more line here.
struct Make {
    std::uint32_t number;

    std::unique_ptr<Layer> operator()(const FallbackSettings& s) const { return std::make_unique<Fallback>(s); }
    std::unique_ptr<Layer> operator()(const TimeoutSettings& s) const { return std::make_unique<Timeout>(s); }
    std::unique_ptr<Layer> operator()(const RetrySettings& s) const { return std::make_unique<Retry>(s); }
    std::unique_ptr<Layer> operator()(const BreakerSettings& s) const { return std::make_unique<Breaker>(s, number); }
    std::unique_ptr<Layer> operator()(const BulkheadSettings& s) const { return std::make_unique<Bulkhead>(s); }
};

template <class T>
concept Scoped = requires(const T& settings) {
    { settings.scope } -> std::convertible_to<Scope>;
};

struct ScopeOf {
    Scope operator()(const Scoped auto& settings) const { return settings.scope; }
    Scope operator()(const auto& /*stateless*/) const { return Scope::all; }
};

}  // namespace

Scope scope_of(const LayerSettings& settings) { return std::visit(ScopeOf{}, settings); }

std::unique_ptr<Layer> make_layer(const LayerSettings& settings, std::uint32_t number) {
    return std::visit(Make{number}, settings);
}

}  // namespace stampede
