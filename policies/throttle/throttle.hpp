#pragma once
/// Adaptive throttling: its settings and its layer.

#include <cstdint>

#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"
#include "policies/throttle/recent_counts.hpp"

namespace stampede {

struct ThrottleSettings {
    Scope scope = Scope::client;
    double k = 2;
    double padding = 1;
    bool count_refused = true;
    double aggression = 1;
    Share max_rejection = 1;
    std::uint32_t minimum_calls = 0;
    Rate minimum_rate{};
    Duration window = std::chrono::minutes{2};
    std::uint32_t buckets = 10;
    OutcomeSet on = service_failures;

    static constexpr std::string_view name = "throttle";
    static constexpr std::string_view doc =
        "Adaptive throttling: turns calls away locally, with a probability that grows as fewer of them are accepted.";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &ThrottleSettings::scope, "who shares one throttle"),
            field("k", &ThrottleSettings::k,
                  "calls let through for each that is accepted: a call is turned away with probability "
                  "((requests − k·accepted) / (requests + padding))^(1/aggression)")
                .from(1)
                .up_to(1'000),
            field("padding", &ThrottleSettings::padding, "requests that are added, so that a few failures do no harm")
                .from(0)
                .up_to(1'000'000),
            field("count_refused", &ThrottleSettings::count_refused,
                  "calls turned away locally are requests too, as in the SRE book; otherwise only those sent are"),
            field("aggression", &ThrottleSettings::aggression,
                  "above 1 it turns away more at the same share of failures")
                .from(0.1)
                .up_to(100),
            field("max_rejection", &ThrottleSettings::max_rejection, "highest probability of turning a call away"),
            field("minimum_calls", &ThrottleSettings::minimum_calls,
                  "requests in the window below which it does nothing")
                .from(0)
                .up_to(1'000'000),
            field("minimum_rate", &ThrottleSettings::minimum_rate,
                  "rate of requests, over the window, below which it does nothing"),
            field("window", &ThrottleSettings::window, "time that requests are counted for").from(0.001).up_to(86'400),
            field("buckets", &ThrottleSettings::buckets, "parts that the window moves on by").from(1).up_to(1'000),
            field("on", &ThrottleSettings::on, "outcomes that mean a request was not accepted")};
    }
    void check(Problems& problems) const;

    static constexpr std::array dialects{Dialect::failsafe, Dialect::envoy, Dialect::grpc};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static ThrottleSettings of(Dialect dialect);
};

/// Requests are counted when they end. Refusals by layers further in and calls that are given up are not counted: they
/// say nothing of the service. Turns away with Outcome::throttled.
/// Sources: B. Beyer and others, "Site Reliability Engineering", chapter 21 (k, count_refused); Envoy's admission
/// control filter (k = 1/success rate threshold, aggression, a highest probability).
///
/// The settings must outlive the throttle. Allocates its buckets when the first request ends.
class Throttle final : public Layer {
public:
    explicit Throttle(const ThrottleSettings& settings)
        : settings_(&settings), counts_(settings.window, settings.buckets) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;

    /// With which a call would be turned away now.
    [[nodiscard]] double rejection_probability(Instant now) noexcept;

private:
    const ThrottleSettings* settings_;
    RecentCounts counts_;
};

}  // namespace stampede
