#pragma once
/// What makes arrivals come in bursts: several at once, and a rate that jumps between states at random.

#include <cstdint>
#include <tuple>
#include <variant>
#include <vector>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"

namespace stampede::scenarios {

inline constexpr double largest_batch = 100'000;

struct FixedSize {
    std::uint32_t value = 1;
    static constexpr std::string_view name = "fixed";
    static constexpr std::string_view doc = "always the same";
    static constexpr auto fields() {
        return std::tuple{field("value", &FixedSize::value, "requests").required().from(1).up_to(largest_batch)};
    }
};

struct UniformSize {
    std::uint32_t min = 1;
    std::uint32_t max = 1;
    static constexpr std::string_view name = "uniform";
    static constexpr std::string_view doc = "equally likely from min to max";
    static constexpr auto fields() {
        return std::tuple{field("min", &UniformSize::min, "fewest").required().from(1).up_to(largest_batch),
                          field("max", &UniformSize::max, "most").required().from(1).up_to(largest_batch)};
    }
    void check(Problems& problems) const;
};

struct GeometricSize {
    double mean = 1;
    static constexpr std::string_view name = "geometric";
    static constexpr std::string_view doc =
        "one, and another with the same chance again and again: mostly few, now and then many";
    static constexpr auto fields() {
        return std::tuple{field("mean", &GeometricSize::mean, "mean").required().from(1).up_to(largest_batch / 20)};
    }
};

/// How many requests a client makes at once.
using BatchSize = std::variant<FixedSize, UniformSize, GeometricSize>;

[[nodiscard]] double mean_of(const BatchSize& size);

struct ModulationState {
    double factor = 1;
    Duration stay{};
    static constexpr std::string_view doc = "a state that the load can be in";
    static constexpr auto fields() {
        return std::tuple{field("factor", &ModulationState::factor, "of the rate").required().from(0).up_to(1e6),
                          field("stay", &ModulationState::stay, "how long it lasts: exponential with this mean")
                              .required()
                              .from(1e-6)
                              .up_to(604'800)};
    }
};

enum class ModulationScope : std::uint8_t { all, client };

[[nodiscard]] constexpr auto choices(ModulationScope) {
    return std::array{
        Choice<ModulationScope>{ModulationScope::all, "all", "all clients of the population are in the same state"},
        Choice<ModulationScope>{ModulationScope::client, "client", "each client has a state of its own"},
    };
}

/// With Poisson arrivals: a Markov-modulated Poisson process.
struct ModulationSettings {
    std::vector<ModulationState> states;
    ModulationScope scope = ModulationScope::all;
    static constexpr std::string_view doc =
        "the rate jumps between states at random, from each to any of the others with the same chance";
    static constexpr auto fields() {
        return std::tuple{field("states", &ModulationSettings::states, "at least two").required(),
                          field("scope", &ModulationSettings::scope, "whose state it is")};
    }
    void check(Problems& problems) const;
};

/// Over a long time: every state is left for the others alike, so its share of the time is its mean stay over the sum
/// of all.
[[nodiscard]] double mean_factor(const ModulationSettings& modulation);

}  // namespace stampede::scenarios
