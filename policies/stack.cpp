#include "policies/stack.hpp"

#include <stdexcept>

#include "policies/core/validate.hpp"

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
    std::unique_ptr<Layer> operator()(const HedgeSettings& s) const { return std::make_unique<Hedge>(s); }
    std::unique_ptr<Layer> operator()(const AdaptiveRateSettings& s) const { return std::make_unique<AdaptiveRate>(s); }
    std::unique_ptr<Layer> operator()(const BudgetSettings& s) const { return std::make_unique<BudgetLayer>(s); }
    std::unique_ptr<Layer> operator()(const RateLimitSettings& s) const { return std::make_unique<RateLimit>(s); }
    std::unique_ptr<Layer> operator()(const ThrottleSettings& s) const { return std::make_unique<Throttle>(s); }
    std::unique_ptr<Layer> operator()(const ConcurrencySettings& s) const { return std::make_unique<Concurrency>(s); }
    std::unique_ptr<Layer> operator()(const ShedSettings& s) const { return std::make_unique<Shed>(s); }
    std::unique_ptr<Layer> operator()(const ChaosSettings& s) const { return std::make_unique<Chaos>(s); }
    std::unique_ptr<Layer> operator()(const BalanceSettings& s) const { return std::make_unique<Balance>(s); }
};

template <class T>
concept Scoped = requires(const T& settings) {
    { settings.scope } -> std::convertible_to<Scope>;
};

struct ScopeOf {
    Scope operator()(const FallbackSettings& s) const { return s.remembers() ? s.scope : Scope::all; }
    Scope operator()(const HedgeSettings& s) const { return s.measured ? s.scope : Scope::all; }
    Scope operator()(const Scoped auto& settings) const { return settings.scope; }
    Scope operator()(const RetrySettings& settings) const {
        return settings.budget ? settings.budget->scope : Scope::all;
    }
    Scope operator()(const auto& /*stateless*/) const { return Scope::all; }
};

/// One line a problem.
class Lines final : public Problems {
public:
    void add(std::string_view field, std::string message) override {
        if (!text.empty()) text += '\n';
        text += std::string(field) + ": " + message;
    }
    std::string text;
};

}  // namespace

void validate(const LayerSettings& settings) {
    Lines lines;
    std::visit([&](const auto& each) { Validator(lines).check(each, std::string(each.name)); }, settings);
    if (!lines.text.empty()) throw std::invalid_argument(lines.text);
}

Scope scope_of(const LayerSettings& settings) { return std::visit(ScopeOf{}, settings); }

std::unique_ptr<Layer> make_layer(const LayerSettings& settings, std::uint32_t number) {
    return std::visit(Make{number}, settings);
}

}  // namespace stampede
