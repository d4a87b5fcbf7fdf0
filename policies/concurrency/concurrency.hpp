#pragma once
/// Adaptive concurrency limit: its settings and its layer.

#include <cstdint>
#include <variant>

#include "policies/concurrency/aimd.hpp"
#include "policies/concurrency/gradient.hpp"
#include "policies/concurrency/gradient2.hpp"
#include "policies/concurrency/vegas.hpp"
#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

using ConcurrencyStrategy = std::variant<AimdSettings, VegasSettings, Gradient2Settings, GradientSettings>;

struct ConcurrencySettings {
    Scope scope = Scope::client;
    ConcurrencyStrategy strategy = AimdSettings{};
    OutcomeSet on{Outcome::timeout, Outcome::overload, Outcome::unavailable, Outcome::reset};
    OutcomeSet ignore = OutcomeSet{Outcome::client_error} | refusals;

    static constexpr std::string_view name = "concurrency";
    static constexpr std::string_view doc =
        "Adaptive limit of calls under way, which finds out by their latency how many the service bears.";
    static constexpr auto fields() {
        return std::tuple{field("scope", &ConcurrencySettings::scope, "who shares one limit"),
                          field("strategy", &ConcurrencySettings::strategy, "how the limit follows what it sees"),
                          field("on", &ConcurrencySettings::on, "outcomes that count as dropped"),
                          field("ignore", &ConcurrencySettings::ignore, "outcomes that it does not learn from")};
    }
    void check(Problems& problems) const;

    static constexpr std::array dialects{Dialect::envoy};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static ConcurrencySettings of(Dialect dialect);
};

/// Refuses with Outcome::limit_reached what comes while the limit is reached. A call that is given up frees its place
/// and teaches nothing: a timeout that is to be learnt from belongs further in.
/// Frame: `wide` when the call began, `narrow` how many were under way then.
///
/// The settings must outlive it. Only the gradient allocates, once, when the first call ends.
class Concurrency final : public Layer {
public:
    explicit Concurrency(const ConcurrencySettings& settings);

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    void cancel(Context&, Frame&) override;

    [[nodiscard]] std::uint32_t under_way() const noexcept { return under_way_; }
    [[nodiscard]] std::uint32_t limit(Instant now, Stream& random) noexcept;

private:
    const ConcurrencySettings* settings_;
    std::variant<AimdLimit, VegasLimit, Gradient2Limit, GradientLimit> strategy_;
    std::uint32_t under_way_ = 0;
};

}  // namespace stampede
