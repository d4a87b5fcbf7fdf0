#pragma once
/// Fallback: its settings and its layer.

#include <optional>

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

enum class FallbackValue : std::uint8_t { standard, cached, service, degraded };

[[nodiscard]] constexpr auto choices(FallbackValue) {
    return std::array{
        Choice<FallbackValue>{FallbackValue::standard, "default", "a default value, always at hand"},
        Choice<FallbackValue>{FallbackValue::cached, "cached", "the last good answer, where the cache has it"},
        Choice<FallbackValue>{FallbackValue::service, "service", "the answer of another service, if it has one"},
        Choice<FallbackValue>{FallbackValue::degraded, "degraded",
                              "a poorer answer that counts as a success, to layers further out too"},
    };
}

/// Default: a value that is always at hand, for whatever a service or another policy fails with.
struct FallbackSettings {
    FallbackValue value = FallbackValue::standard;
    Share hit_rate = 1;
    OutcomeSet on = service_failures | refusals;
    std::optional<Duration> max_age{};
    std::uint32_t alternative = 1;
    Scope scope = Scope::client;

    static constexpr std::string_view name = "fallback";
    static constexpr std::string_view doc = "Answers in place of a call that failed.";
    static constexpr auto fields() {
        return std::tuple{
            field("value", &FallbackSettings::value, "what it answers with"),
            field("hit_rate", &FallbackSettings::hit_rate,
                  "share of calls that the cache can answer; the others keep their failure (cached only)"),
            field("on", &FallbackSettings::on, "outcomes that it answers for"),
            field("max_age", &FallbackSettings::max_age,
                  "a cached answer is there only if a call has succeeded within this time (cached only)")
                .above(0)
                .up_to(604'800),
            field("alternative", &FallbackSettings::alternative,
                  "which of the caller's alternatives is asked instead, from 1, once and past the layers further in "
                  "(service only)")
                .from(1)
                .up_to(127),
            field("scope", &FallbackSettings::scope, "who shares one cache, where answers have a max_age")};
    }
    void check(Problems& problems) const;
    /// Whether it remembers anything from one call to the next.
    [[nodiscard]] bool remembers() const noexcept { return value == FallbackValue::cached && max_age.has_value(); }
};

/// Answers with Outcome::fallback in place of an outcome of `on`; a cached answer is there with probability `hit_rate`,
/// and where it is not the failure goes up as it is. Another service is asked by an attempt to the call's stand-in
/// number `alternative`; its answer becomes Outcome::fallback, its failure goes up as it is.
/// Frame: `narrow` 1 while the other service is asked.
///
/// Stateless unless it `remembers`.
class Fallback final : public Layer {
public:
    explicit Fallback(const FallbackSettings& settings) : settings_(settings) {}

    Entry enter(Context&, Frame&) override { return Entry::proceed(); }
    Exit leave(Context&, Frame&, Outcome) override;
    [[nodiscard]] bool enter_unchanged(Frame&, Duration&) const noexcept override { return true; }
    [[nodiscard]] bool leave_unchanged(const Frame& frame, Outcome outcome) const noexcept override {
        return !settings_.on.contains(outcome) && !settings_.remembers() && frame.narrow == 0;
    }
    void cancel(Context&, Frame&) override;

private:
    static constexpr Instant never = Instant::min();

    [[nodiscard]] bool has_cached(Context&) const noexcept;

    FallbackSettings settings_;
    Instant last_success_ = never;
};

}  // namespace stampede
