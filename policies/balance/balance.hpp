#pragma once
/// Client-side balancing over the hosts of a service: its settings and its layer.

#include <cstdint>
#include <optional>
#include <vector>

#include "policies/balance/ejection.hpp"
#include "policies/balance/zones.hpp"
#include "policies/core/dialect.hpp"
#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

/// Which host an attempt goes to, of those that are not ejected.
enum class BalanceStrategy : std::uint8_t { round_robin, random, least_request };

[[nodiscard]] constexpr auto choices(BalanceStrategy) {
    return std::array{
        Choice<BalanceStrategy>{BalanceStrategy::round_robin, "round_robin", "one after another"},
        Choice<BalanceStrategy>{BalanceStrategy::random, "random", "any of them"},
        Choice<BalanceStrategy>{BalanceStrategy::least_request, "least_request",
                                "of two drawn at random, the one with fewer calls under way (power of two choices)"},
    };
}

struct BalanceSettings {
    Scope scope = Scope::client;
    std::uint32_t hosts = 1;
    BalanceStrategy strategy = BalanceStrategy::round_robin;
    std::optional<EjectionSettings> ejection{};
    std::optional<ZoneAwareSettings> zone_aware{};

    static constexpr std::string_view name = "balance";
    static constexpr std::string_view doc =
        "Chooses the host for each attempt, and spares hosts that do badly; belongs inside a retry.";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &BalanceSettings::scope, "who shares what is known of the hosts"),
            field("hosts", &BalanceSettings::hosts, "hosts of the service; in a scenario its instances")
                .required()
                .from(1)
                .up_to(65'534),
            field("strategy", &BalanceSettings::strategy, "which host an attempt goes to"),
            field("ejection", &BalanceSettings::ejection, "hosts that do badly get no calls for a while"),
            field("zone_aware", &BalanceSettings::zone_aware, "hosts in the caller's own zone come first")};
    }

    static constexpr std::array dialects{Dialect::envoy, Dialect::istio, Dialect::grpc};
    /// The library's defaults; of a dialect that is not in the list, ours.
    static BalanceSettings of(Dialect dialect);
};

/// Sets CallFacts::host and hears what came of it. Where all hosts are ejected, all get calls.
/// Frame: `narrow` the host.
///
/// The settings must outlive it.
class Balance final : public Layer {
public:
    explicit Balance(const BalanceSettings& settings);

    /// Where the caller is, and in which zone each host is, by number; hosts beyond the list are in zone 0. Without it,
    /// `zone_aware` changes nothing.
    void place(std::uint16_t own_zone, const std::vector<std::uint16_t>& zone_of_host);

    Entry enter(Context&, Frame&) override;
    Exit leave(Context&, Frame&, Outcome) override;
    void cancel(Context&, Frame&) override;

    [[nodiscard]] std::uint32_t under_way() const noexcept;

private:
    [[nodiscard]] std::uint32_t choose(Stream& random) noexcept;
    [[nodiscard]] std::uint32_t choose_in(ZoneChoice::Zone& zone, Stream& random) const noexcept;
    [[nodiscard]] std::uint32_t any(Stream& random, std::uint32_t from) const noexcept;
    [[nodiscard]] bool is_out(std::uint32_t host) const noexcept { return ejection_ && ejection_->is_ejected(host); }
    [[nodiscard]] std::uint32_t usable_from(std::uint32_t host) const noexcept;
    void release(Context& context, const Frame& frame) noexcept;

    const BalanceSettings* settings_;
    std::optional<Ejection> ejection_;
    std::vector<std::uint32_t> under_way_;  ///< by host
    ZoneChoice zones_;
    std::uint32_t next_ = 0;
};

}  // namespace stampede
