#pragma once

#include <vector>

#include "scenarios/format/faults.hpp"

namespace stampede::scenarios {

/// Faults drawn anew for each seed, the same for all variants.
struct ChaosSettings {
    std::uint32_t draw = 1;
    Duration within{};
    std::vector<Fault> from;
    static constexpr std::string_view doc = "faults that are drawn from the seed of each run; reports say which were";
    static constexpr auto fields() {
        return std::tuple{field("draw", &ChaosSettings::draw, "how many in each run").required().from(1).up_to(1'000),
                          field("from", &ChaosSettings::from,
                                "faults to draw from, all equally likely each time; one may be drawn several times")
                              .required(),
                          field("within", &ChaosSettings::within,
                                "a fault that is drawn begins at its own `at` or later by up to this, all tenths of a "
                                "second equally likely")
                              .required()
                              .from(0)
                              .up_to(604'800)};
    }
    void check(Problems& problems) const {
        if (from.empty()) problems.add("from", "no faults to draw from: at least one is needed");
    }
};

}  // namespace stampede::scenarios
