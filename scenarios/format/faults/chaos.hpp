#pragma once

#include <optional>
#include <vector>

#include "scenarios/format/faults.hpp"

namespace stampede::scenarios {

/// How strong drawn faults are, of those that can be weaker or stronger (FaultStrength).
struct StrengthRange {
    Share from = 0.2;
    Share to = 1;
    static constexpr std::string_view doc =
        "range of strengths, all equally likely, to the nearest hundredth and not below one";
    static constexpr auto fields() {
        return std::tuple{field("from", &StrengthRange::from, "the weakest, as a share of what is written"),
                          field("to", &StrengthRange::to, "the strongest")};
    }
    void check(Problems& problems) const {
        if (to < 0.01) problems.add("to", "faults of no strength are none: it must be at least 0.01");
        if (from > to) problems.add("from", "the weakest is stronger than the strongest");
    }
};

/// How long drawn faults last.
struct LengthRange {
    double from = 0.5;
    double to = 2;
    static constexpr std::string_view doc = "range of lengths, all equally likely";
    static constexpr auto fields() {
        return std::tuple{field("from", &LengthRange::from,
                                "the shortest, as a multiple of the fault's own `for`; its ramp goes "
                                "along")
                              .from(0.01)
                              .up_to(100),
                          field("to", &LengthRange::to, "the longest").from(0.01).up_to(100)};
    }
    void check(Problems& problems) const {
        if (from > to) problems.add("from", "the shortest is longer than the longest");
    }
};

/// Faults drawn anew for each seed, the same for all variants.
struct ChaosDraw {
    std::uint32_t draw = 1;
    Duration within{};
    std::optional<StrengthRange> strength;
    std::optional<LengthRange> length;
    std::vector<Fault> from;
    static constexpr std::string_view doc = "faults that are drawn from the seed of each run; reports say which were";
    static constexpr auto fields() {
        return std::tuple{field("draw", &ChaosDraw::draw, "how many in each run").required().from(1).up_to(1'000),
                          field("from", &ChaosDraw::from,
                                "faults to draw from, all equally likely each time; one may be drawn several times")
                              .required(),
                          field("within", &ChaosDraw::within,
                                "a fault that is drawn begins at its own `at` or later by up to this, all tenths of a "
                                "second equally likely")
                              .required()
                              .from(0)
                              .up_to(604'800),
                          field("strength", &ChaosDraw::strength,
                                "draws how strong each is, if it can be weaker or stronger; as written if left out"),
                          field("length", &ChaosDraw::length,
                                "draws how long each lasts, if it has a `for`; as written if left out")};
    }
    void check(Problems& problems) const {
        if (from.empty()) problems.add("from", "no faults to draw from: at least one is needed");
    }
};

}  // namespace stampede::scenarios
