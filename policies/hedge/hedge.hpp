#pragma once
/// Hedging: its settings and its layer.

#include <cstdint>
#include <optional>

#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"
#include "policies/hedge/delay.hpp"

namespace stampede {

/// Which failure goes up when every try has failed.
enum class HedgeFailure : std::uint8_t { last, first };

[[nodiscard]] constexpr auto choices(HedgeFailure) {
    return std::array{
        Choice<HedgeFailure>{HedgeFailure::last, "last", "that of the try that ended last"},
        Choice<HedgeFailure>{HedgeFailure::first, "first", "that of the try that ended first"},
    };
}

/// The names and the defaults follow gRPC's hedgingPolicy and Polly: one hedge, and a failure starts the next at once.
struct HedgeSettings {
    std::optional<Duration> after{};
    std::optional<MeasuredDelay> measured{};
    std::uint32_t max_hedges = 1;
    OutcomeSet on = service_failures;
    OutcomeSet ends_with{Outcome::success, Outcome::fallback};
    HedgeFailure failure = HedgeFailure::last;
    bool cancel = false;
    Scope scope = Scope::client;

    static constexpr std::string_view name = "hedge";
    static constexpr std::string_view doc =
        "Starts the call a second time beside the first when an answer takes long, and takes the first success.";
    static constexpr auto fields() {
        return std::tuple{
            field("after", &HedgeSettings::after,
                  "time without an answer, since the call or its last hedge began, until the next hedge begins; 0 "
                  "begins them all at once; without it only failures begin one")
                .from(0)
                .up_to(86'400),
            field("measured", &HedgeSettings::measured,
                  "takes that time from what earlier calls took, once enough are measured; until then it is \"after\""),
            field("max_hedges", &HedgeSettings::max_hedges, "hedges of one call, besides the first try")
                .from(1)
                .up_to(10),
            field("on", &HedgeSettings::on,
                  "outcomes that start the next hedge at once; after others it waits for those under way"),
            field("ends_with", &HedgeSettings::ends_with,
                  "outcomes that end the call at once, whatever else is under way"),
            field("failure", &HedgeSettings::failure, "which failure goes up when every try has failed"),
            field("cancel", &HedgeSettings::cancel,
                  "tries that lose are cancelled where they run; otherwise their work goes on"),
            field("scope", &HedgeSettings::scope, "who shares what is measured")};
    }
    void check(Problems& problems) const;

    static constexpr std::array dialects{Dialect::resilience4j, Dialect::polly, Dialect::failsafe,
                                         Dialect::envoy,        Dialect::grpc,  Dialect::finagle};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static HedgeSettings of(Dialect dialect);
};

/// The layers below are gone through by several branches of the call at once. The first outcome of `ends_with` wins and
/// the other branches are given up. A failure of `on` starts the next hedge at once, and the time until the one after
/// begins anew; any other failure starts none, but what is under way goes on. When nothing is under way any more a
/// failure goes up.
///
/// A budget further out bounds the hedges: one that is denied is not made, and its call goes on with what is under way.
///
/// Keeps a copy of its settings. Without `measured` it is stateless but for the call's frame: one object serves every
/// client.
/// Frame: `wide` when the call came, `narrow` its tries.
class Hedge final : public Layer {
public:
    explicit Hedge(const HedgeSettings& settings) : settings_(settings), delay_(settings.measured) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    Verdict timer(Context&, Frame&) override;
    void cancel(Context&, Frame&) override;
    [[nodiscard]] bool branches() const noexcept override { return true; }

private:
    struct Tries;

    [[nodiscard]] Duration next_delay(const Tries& tries);
    Duration begin_hedge(Frame& frame);
    [[nodiscard]] bool granted(const Context& context, Frame& frame, Outcome after) const;
    static void give_back(const Context& context, Tries& tries, std::uint8_t count);
    void measure(const Context& context, const Frame& frame, const Tries& tries, bool answered);

    HedgeSettings settings_;
    HedgeDelay delay_;
};

}  // namespace stampede
