#pragma once
/// Hedging: its settings and its layer.

#include <cstdint>

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// The names and the defaults follow gRPC's hedgingPolicy and Polly: one hedge, and a failure starts the next at once.
struct HedgeSettings {
    Duration after{};
    std::uint32_t max_hedges = 1;
    OutcomeSet on = service_failures;

    static constexpr std::string_view name = "hedge";
    static constexpr std::string_view doc =
        "Starts the call a second time beside the first when an answer takes long, and takes the first success.";
    static constexpr auto fields() {
        return std::tuple{field("after", &HedgeSettings::after,
                                "time without an answer, since the call or its last hedge began, until the next hedge "
                                "begins; 0 begins them all at once")
                              .required()
                              .from(0)
                              .up_to(86'400),
                          field("max_hedges", &HedgeSettings::max_hedges, "hedges of one call, besides the first try")
                              .from(1)
                              .up_to(10),
                          field("on", &HedgeSettings::on,
                                "outcomes that start the next hedge at once; after others it waits for those under "
                                "way")};
    }
    void check(Problems& problems) const;
};

/// The layers below are gone through by several branches of the call at once. The first answer (success, fallback)
/// wins and the other branches are given up. A failure of `on` starts the next hedge at once, and the time until the
/// one after begins anew; any other failure starts none, but what is under way goes on. When nothing is under way any
/// more the outcome of the branch that ended last goes up.
///
/// Stateless but for the call's frame: one object serves every client. Keeps a copy of its settings.
/// Frame: `wide` branches under way, `narrow` hedges begun.
class Hedge final : public Layer {
public:
    explicit Hedge(const HedgeSettings& settings) : settings_(settings) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    Verdict timer(Context&, Frame&) override;
    [[nodiscard]] bool branches() const noexcept override { return true; }

private:
    [[nodiscard]] bool may_hedge(const Frame& frame) const noexcept { return frame.narrow < settings_.max_hedges; }
    Duration begin_hedge(Frame& frame) const noexcept;

    HedgeSettings settings_;
};

}  // namespace stampede
