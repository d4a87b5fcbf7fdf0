#include "policies/concurrency/concurrency.hpp"

namespace stampede {
namespace {

struct MakeLimit {
    using Limit = std::variant<AimdLimit, VegasLimit, Gradient2Limit, GradientLimit>;

    Limit operator()(const AimdSettings& s) const { return AimdLimit{s}; }
    Limit operator()(const VegasSettings& s) const { return VegasLimit{s}; }
    Limit operator()(const Gradient2Settings& s) const { return Gradient2Limit{s}; }
    Limit operator()(const GradientSettings& s) const { return GradientLimit{s}; }
};

}  // namespace

void AimdSettings::check(Problems& problems) const {
    if (min > max) problems.add("min", "must not be above \"max\"");
    if (initial < min || initial > max) problems.add("initial", "must be from \"min\" to \"max\"");
}

void ConcurrencySettings::check(Problems& problems) const {
    for (const OutcomeName& each : outcome_names)
        if (on.contains(each.outcome) && ignore.contains(each.outcome))
            problems.add("ignore", "also has " + std::string(each.name) + ", which counts as dropped");
}

Concurrency::Concurrency(const ConcurrencySettings& settings)
    : settings_(&settings), strategy_(std::visit(MakeLimit{}, settings.strategy)) {}

std::uint32_t Concurrency::limit(Instant now, Stream& random) noexcept {
    return std::visit([&](auto& strategy) { return strategy.limit(now, random); }, strategy_);
}

Entry Concurrency::enter(Context& context, Frame& frame) {
    if (under_way_ >= limit(context.now, context.random)) return Entry::refuse(Outcome::limit_reached);
    frame.wide = context.now.time_since_epoch().count();
    frame.narrow = ++under_way_;
    return Entry::proceed();
}

Exit Concurrency::leave(Context& context, Frame& frame, Outcome outcome) {
    --under_way_;
    if (!settings_->ignore.contains(outcome)) {
        const ConcurrencySample sample{Instant{Duration{frame.wide}}, context.now, frame.narrow,
                                       settings_->on.contains(outcome), context.random};
        std::visit([&](auto& strategy) { strategy.learn(sample); }, strategy_);
    }
    return Exit::pass(outcome);
}

void Concurrency::cancel(Context&, Frame&) { --under_way_; }

ConcurrencySettings ConcurrencySettings::of(Dialect dialect) {
    if (dialect == Dialect::envoy) return {.strategy = GradientSettings{}};
    return {};
}

}  // namespace stampede
