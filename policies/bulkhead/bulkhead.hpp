#pragma once
/// Bulkhead: its settings and its layer.

#include <cstdint>
#include <optional>

#include "policies/bulkhead/waiting_room.hpp"
#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// Who of those that wait gets the next place.
enum class WaitingOrder : std::uint8_t { fifo, lifo };

[[nodiscard]] constexpr auto choices(WaitingOrder) {
    return std::array{
        Choice<WaitingOrder>{WaitingOrder::fifo, "fifo", "whoever has waited longest"},
        Choice<WaitingOrder>{WaitingOrder::lifo, "lifo",
                             "whoever came last: under overload few wait long instead of all too long"},
    };
}

/// Default: 25 calls at once, none waits.
struct BulkheadSettings {
    Scope scope = Scope::client;
    std::uint32_t max_concurrent = 25;
    std::uint32_t max_waiting = 0;
    std::optional<Duration> max_wait{};
    WaitingOrder order = WaitingOrder::fifo;

    static constexpr std::string_view name = "bulkhead";
    static constexpr std::string_view doc =
        "Bounds how many calls are under way at once; a bounded number may wait for a place.";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &BulkheadSettings::scope, "who shares one bulkhead"),
            field("max_concurrent", &BulkheadSettings::max_concurrent, "calls under way at once")
                .from(1)
                .up_to(1'000'000),
            field("max_waiting", &BulkheadSettings::max_waiting, "calls that may wait for a place")
                .from(0)
                .up_to(1'000'000),
            field("max_wait", &BulkheadSettings::max_wait,
                  "longest wait, 0 for none; without it a call waits as long as it takes, but not beyond its deadline")
                .from(0)
                .up_to(86'400),
            field("order", &BulkheadSettings::order, "who of those that wait gets the next place")};
    }

    static constexpr std::array dialects{Dialect::resilience4j, Dialect::polly,   Dialect::failsafe,
                                         Dialect::envoy,        Dialect::istio,   Dialect::cockatiel,
                                         Dialect::opossum,      Dialect::hystrix, Dialect::semian};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static BulkheadSettings of(Dialect dialect);
};

/// Lets `max_concurrent` calls in. A call that finds all places taken waits in the waiting room, or is refused with
/// Outcome::bulkhead_full where that is full too or `max_wait` has passed. Whoever leaves hands its place to one that
/// waits, by `order`; a call that was woken and is cut before it resumes hands the place on.
/// Frame: `wide` the ticket of the waiting room, 0 where the call did not wait.
///
/// The settings must outlive the bulkhead. An idle one takes less than 100 bytes; nothing is allocated unless a call
/// waits.
class Bulkhead final : public Layer {
public:
    explicit Bulkhead(const BulkheadSettings& settings) : settings_(&settings) {}

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    Verdict timer(Context&, Frame&) override;
    void cancel(Context&, Frame&) override;

    /// Goes on under other settings, which take the place of those that had to outlive it. Whoever is inside or waits
    /// stays, with the longest wait that it was promised. Calls that wait get the places that are new, in their order;
    /// where there are fewer places than calls inside, none is given until enough have left.
    void change(const BulkheadSettings& to, Waker&);

    /// Places taken, those of calls that were woken and have not resumed yet included.
    [[nodiscard]] std::uint32_t inside() const noexcept { return inside_; }
    [[nodiscard]] std::uint32_t waiting() const noexcept { return room_.size(); }

private:
    void release(Context&);
    [[nodiscard]] CallRef next() noexcept;
    void give_up(Context&, const Frame&);

    const BulkheadSettings* settings_;
    WaitingRoom room_;
    std::uint32_t inside_ = 0;  ///< while it is below `max_concurrent` nobody waits
};

}  // namespace stampede
