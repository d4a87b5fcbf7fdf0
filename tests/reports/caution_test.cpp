#include "reports/caution.hpp"

#include <catch2/catch.hpp>

#include "tests/reports/made_up.hpp"

using namespace stampede;
using namespace stampede::reports;
using made_up::variant;

namespace {

constexpr Metric ratio = Metric::herd_peak_ratio;

Report report_of(std::vector<Summary> variants) {
    Report report;
    report.seeds = variants.front().seeds;
    report.variants = std::move(variants);
    return report;
}

}  // namespace

TEST_CASE("variants that may differ by 10 % unseen are named, with the seeds that would do") {
    // The differences have a standard deviation of 1.140175 around a mean of 0.6; the best has a mean of 10.
    // R: power.t.test(delta = 1, sd = 1.140175, power = 0.8, type = "paired", strict = TRUE)$n is 12.26.
    const std::string text = caution(
        report_of({variant("full", ratio, {10, 10, 10, 10, 10}), variant("equal", ratio, {9, 10, 11, 11, 12})}));
    CHECK(text ==
          "in herd.peak_ratio, full and equal may differ by 10 % unseen: that takes about\u00a013 seeds, not 5.");
}

TEST_CASE("where a difference of 10 % would have been seen, or is seen, there is nothing to say") {
    CHECK(caution(report_of({variant("a", ratio, {10, 10, 10}), variant("b", ratio, {10.01, 9.99, 10})})).empty());
    CHECK(caution(report_of({variant("a", ratio, {10, 10, 10}), variant("b", ratio, {20.1, 19.9, 20})})).empty());
    CHECK(caution(report_of({variant("a", ratio, {10, 11, 12})})).empty());
}

TEST_CASE("among more comparisons more seeds are wanted") {
    const auto same = [](const char* name) { return variant(name, ratio, {9, 10, 11, 11, 12}); };
    const std::string text = caution(report_of({variant("full", ratio, {10, 10, 10, 10, 10}), same("b"), same("c")}));
    // With sig.level = 0.05 / 3: 16.57.
    CHECK(text.find("about\u00a017 seeds") != std::string::npos);
}

TEST_CASE("never can only be ranked, and ranks show nothing with fewer than six seeds") {
    const double never = sim::never;
    const Report report =
        report_of({variant("a", ratio, {1, 1, 2, 2}), variant("b", ratio, {never, never, never, never})});
    CHECK(caution(report).find("about\u00a06 seeds, not 4") != std::string::npos);
}

TEST_CASE("one seed cannot show a difference") {
    CHECK(caution(report_of({variant("a", ratio, {1}), variant("b", ratio, {2})})).starts_with("one seed"));
}
