#include "reports/hgrm/hgrm.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede;
using namespace stampede::reports;

namespace {

Report with_latencies(std::vector<double> upper_s, std::vector<std::uint64_t> counts) {
    Report report = made_up::single(1);
    report.variants.front().latencies = {{"", std::move(upper_s), std::move(counts)}};
    return report;
}

}  // namespace

TEST_CASE("the percentile distribution") { check_golden("everything.hgrm", render_hgrm(made_up::everything())); }

TEST_CASE("a distribution is as HdrHistogram prints it") {
    // Steps of 10 % up to 50 %, then of 5 %: two of three values reach 66.7 %. The middles of the buckets that hold
    // what is just below 1 and 2 ms are 0.997376 and 1.994752 ms.
    const std::string text = render_hgrm(with_latencies({0.001, 0.002}, {2, 1}));
    CHECK(text ==
          "#[Latency of successful requests in milliseconds]\n"
          "#[Variant = base]\n"
          "       Value     Percentile TotalCount 1/(1-Percentile)\n"
          "\n"
          "       1.000 0.000000000000          2           1.00\n"
          "       1.000 0.100000000000          2           1.11\n"
          "       1.000 0.200000000000          2           1.25\n"
          "       1.000 0.300000000000          2           1.43\n"
          "       1.000 0.400000000000          2           1.67\n"
          "       1.000 0.500000000000          2           2.00\n"
          "       1.000 0.550000000000          2           2.22\n"
          "       1.000 0.600000000000          2           2.50\n"
          "       1.000 0.650000000000          2           2.86\n"
          "       2.000 0.700000000000          3           3.33\n"
          "       2.000 1.000000000000          3\n"
          "#[Mean    =        1.330, StdDeviation   =        0.470]\n"
          "#[Max     =        2.000, Total count    =            3]\n"
          "#[Buckets =           58, SubBuckets     =          128]\n");
}

TEST_CASE("a variant in which nothing succeeded has no lines, and so has one without a histogram") {
    Report without = made_up::single(2);
    without.variants.front().latencies.clear();
    for (const Report& report : {with_latencies({}, {}), without}) {
        std::istringstream lines(render_hgrm(report));
        for (std::string line; std::getline(lines, line);) CHECK(line.starts_with("#"));
    }
}

TEST_CASE("a name stays on its line") {
    std::istringstream lines(render_hgrm(made_up::everything_named(made_up::nasty)));
    std::size_t variants = 0;
    for (std::string line; std::getline(lines, line);) variants += line.starts_with("#[Variant = ") ? 1 : 0;
    CHECK(variants == 3);
}
