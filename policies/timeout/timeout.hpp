#pragma once
/// Timeout: its settings and its layer.

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// Innermost it bounds each attempt, outermost the whole call with its retries and waits.
struct TimeoutSettings {
    Duration after{};

    static constexpr std::string_view name = "timeout";
    static constexpr std::string_view doc =
        "Gives up after a time. Below a retry it bounds each attempt, above it the whole call.";
    static constexpr auto fields() {
        return std::tuple{field("after", &TimeoutSettings::after, "time from entering the layer until it gives up")
                              .required()
                              .above(0)
                              .up_to(86'400)};
    }
};

/// Stateless: one object serves every client.
class Timeout final : public Layer {
public:
    explicit Timeout(const TimeoutSettings& settings) : after_(settings.after) {}

    Entry enter(Context&, Frame&) override { return Entry::proceed(after_); }
    Exit leave(Context&, Frame&, Outcome outcome) override { return Exit::pass(outcome); }
    [[nodiscard]] bool enter_unchanged(Frame&, Duration& timer) const noexcept override {
        timer = after_;
        return true;
    }
    [[nodiscard]] bool leave_unchanged(const Frame&, Outcome) const noexcept override { return true; }
    Verdict timer(Context&, Frame&) override { return Verdict::cut(Outcome::timeout); }

private:
    Duration after_;
};

}  // namespace stampede
