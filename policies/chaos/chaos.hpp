#pragma once
/// Chaos: its settings and its layer.

#include <optional>
#include <variant>

#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

struct ChaosLatency {
    Duration by = std::chrono::seconds{30};

    static constexpr std::string_view name = "latency";
    static constexpr std::string_view doc = "the call is held up before it goes on";
    static constexpr auto fields() {
        return std::tuple{field("by", &ChaosLatency::by, "for how long").above(0).up_to(86'400)};
    }
};

struct ChaosFault {
    Outcome outcome = Outcome::transient;

    static constexpr std::string_view name = "fault";
    static constexpr std::string_view doc = "the call ends at once, without going on";
    static constexpr auto fields() { return std::tuple{field("outcome", &ChaosFault::outcome, "how it ends")}; }
};

struct ChaosOutcome {
    Outcome outcome = Outcome::transient;

    static constexpr std::string_view name = "outcome";
    static constexpr std::string_view doc = "the call goes on, but whatever comes of it is replaced: its work is done";
    static constexpr auto fields() {
        return std::tuple{field("outcome", &ChaosOutcome::outcome, "what it is replaced by")};
    }
};

using ChaosInjection = std::variant<ChaosLatency, ChaosFault, ChaosOutcome>;

/// The names and defaults follow Polly's chaos strategies.
struct ChaosSettings {
    ChaosInjection inject = ChaosFault{};
    Share rate = 0.001;
    Duration from{};
    std::optional<Duration> until{};

    static constexpr std::string_view name = "chaos";
    static constexpr std::string_view doc =
        "Makes a share of the calls slow or fail on purpose, as a rehearsal; belongs innermost.";
    static constexpr auto fields() {
        return std::tuple{
            field("inject", &ChaosSettings::inject, "what happens to a call that is struck"),
            field("rate", &ChaosSettings::rate, "share of the calls that are struck"),
            field("from", &ChaosSettings::from, "when it begins, from the start of the run or of the driver").from(0),
            field("until", &ChaosSettings::until, "when it ends; it goes on without it").from(0)};
    }
    void check(Problems& problems) const;

    static constexpr std::array dialects{Dialect::polly};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static ChaosSettings of(Dialect dialect);
};

/// Stateless: one object serves every client.
/// Frame: `narrow` 1 where the outcome is to be replaced.
class Chaos final : public Layer {
public:
    explicit Chaos(const ChaosSettings& settings) : settings_(settings) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    Verdict timer(Context&, Frame&) override { return Verdict::proceed(); }

private:
    ChaosSettings settings_;
};

}  // namespace stampede
