#pragma once
/// Fallback: its settings and its layer.

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

enum class FallbackValue : std::uint8_t { standard, cached };

[[nodiscard]] constexpr auto choices(FallbackValue) {
    return std::array{
        Choice<FallbackValue>{FallbackValue::standard, "default", "a default value, always at hand"},
        Choice<FallbackValue>{FallbackValue::cached, "cached", "the last good answer, where the cache has it"},
    };
}

/// Default: a value that is always at hand, for whatever a service or another policy fails with.
struct FallbackSettings {
    FallbackValue value = FallbackValue::standard;
    Share hit_rate = 1;
    OutcomeSet on = service_failures | refusals;

    static constexpr std::string_view name = "fallback";
    static constexpr std::string_view doc = "Answers in place of a call that failed.";
    static constexpr auto fields() {
        return std::tuple{
            field("value", &FallbackSettings::value, "what it answers with"),
            field("hit_rate", &FallbackSettings::hit_rate,
                  "share of calls that the cache can answer; the others keep their failure (cached only)"),
            field("on", &FallbackSettings::on, "outcomes that it answers for")};
    }
    void check(Problems& problems) const;
};

/// Answers with Outcome::fallback in place of an outcome of `on`; a cached answer is there with probability `hit_rate`,
/// and where it is not the failure goes up as it is. Stateless: one object serves every client.
class Fallback final : public Layer {
public:
    explicit Fallback(const FallbackSettings& settings) : settings_(settings) {}

    Entry enter(Context&, Frame&) override { return Entry::proceed(); }
    Exit leave(Context&, Frame&, Outcome) override;
    [[nodiscard]] bool enter_unchanged(Frame&, Duration&) const noexcept override { return true; }
    [[nodiscard]] bool leave_unchanged(const Frame&, Outcome outcome) const noexcept override {
        return !settings_.on.contains(outcome);
    }

private:
    FallbackSettings settings_;
};

}  // namespace stampede
