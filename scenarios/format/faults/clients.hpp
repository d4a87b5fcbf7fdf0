#pragma once
/// What faults of clients have in common.

#include <algorithm>
#include <cmath>

#include "scenarios/format/faults/timing.hpp"

namespace stampede::scenarios {

/// The clients that a fault strikes.
struct FaultClients {
    std::string on{};
    Share share = 1;

    /// Of so many in the population, the first so many, at least one.
    [[nodiscard]] std::uint32_t struck(std::uint32_t count) const {
        const auto wanted = static_cast<std::uint32_t>(std::ceil(share * static_cast<double>(count) - 1e-9));
        return std::clamp<std::uint32_t>(wanted, 1, count);
    }
};

[[nodiscard]] constexpr auto client_fields() {
    return std::tuple{field("on", &FaultClients::on, "a population of clients (\"clients.web\")").required(),
                      field("share", &FaultClients::share,
                            "share of the population's clients that it strikes, the first so many, at least one")};
}

}  // namespace stampede::scenarios
