#pragma once

#include <memory>
#include <variant>

#include "policies/budget/rules.hpp"
#include "policies/core/layer.hpp"

namespace stampede {

/// As a layer it governs every retry and hedge further in, so that they share it; within a retry's settings it is that
/// retry's own, and whatever budget is further out does not govern it.
struct BudgetSettings {
    Scope scope = Scope::client;
    BudgetRule rule = DepositsRule{};

    static constexpr std::string_view name = "budget";
    static constexpr std::string_view doc =
        "Bounds the extra attempts (retries, hedges) of all calls together that go through it.";
    static constexpr auto fields() {
        return std::tuple{field("scope", &BudgetSettings::scope, "who shares one budget"),
                          field("rule", &BudgetSettings::rule, "what is granted")};
    }
};

/// One instance. Told of calls and of what becomes of their attempts, it answers whether an extra attempt may be made.
/// Every `begin` is followed by one `end`, every grant by one `release`, every `sleep` by one `wake`.
class Budget {
public:
    explicit Budget(const BudgetSettings& settings);

    /// A call comes in, and is over.
    void begin(Instant now);
    void end() noexcept { --load_.inside; }

    /// May one more attempt be made, after an outcome (for a hedge, `success`: nothing is known)?
    [[nodiscard]] Grant ask(ExtraAttempt kind, Instant now, Outcome after);
    /// The attempt that was granted is over.
    void release(ExtraAttempt kind) noexcept;

    /// A call begins to wait for its retry, and goes on.
    void sleep() noexcept { ++load_.sleeping; }
    void wake() noexcept { --load_.sleeping; }

    /// An attempt was answered, or failed in a way that is worth another try.
    void settled(bool success);
    /// A call succeeded; its last retry had been granted as `last`.
    void succeeded(Grant last);

    /// How much of what a rule stores is there, from 0 to 1; 1 where it stores nothing. For Finagle's, 1 is the reserve
    /// or more.
    [[nodiscard]] double fill(Instant now);
    [[nodiscard]] const BudgetLoad& load() const noexcept { return load_; }
    [[nodiscard]] const BudgetRule& rule() const noexcept { return rule_; }

private:
    using State = std::variant<DepositsRule::State, ActiveRatioRule::State, InFlightRatioRule::State,
                               HalfBucketRule::State, QuotaRule::State>;

    BudgetRule rule_;
    State state_;
    BudgetLoad load_;
};

/// Gives the layers further in a budget.
class BudgetLayer final : public Layer {
public:
    explicit BudgetLayer(const BudgetSettings& settings) : budget_(settings) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    void cancel(Context&, Frame&) override;

    [[nodiscard]] const Budget& budget() const noexcept { return budget_; }
    [[nodiscard]] Budget* budget_below() noexcept override { return &budget_; }

private:
    Budget budget_;
};

}  // namespace stampede
