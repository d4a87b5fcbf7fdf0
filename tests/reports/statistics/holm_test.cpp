#include "reports/statistics/holm.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "reports/statistics/sample.hpp"

using namespace stampede::reports;

TEST_CASE("corrected p-values are those of R's p.adjust") {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"): 0.03 0.06 0.06 0.02
    const std::vector<double> corrected = holm(std::vector{0.01, 0.04, 0.03, 0.005});
    const std::vector<double> expected{0.03, 0.06, 0.06, 0.02};
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(corrected[i] == Approx(expected[i]));
}

TEST_CASE("one test needs no correction, and what was not tested counts for nothing") {
    CHECK(holm(std::vector{0.04}) == std::vector{0.04});
    const std::vector<double> corrected = holm(std::vector{no_value, 0.04, 0.9});
    CHECK(std::isnan(corrected[0]));
    CHECK(corrected[1] == Approx(0.08));
    CHECK(corrected[2] == Approx(0.9));
}
