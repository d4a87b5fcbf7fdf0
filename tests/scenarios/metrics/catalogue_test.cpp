#include "scenarios/metrics/catalogue.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace stampede;

TEST_CASE("every metric is found by its name, has a definition, and is named once") {
    std::set<std::string_view> names;
    for (const MetricInfo& metric : metrics()) {
        INFO(metric.name);
        CHECK(names.insert(metric.name).second);
        CHECK(find_metric(metric.name) == metric.metric);
        CHECK(info(metric.metric).name == metric.name);
        CHECK(metric.definition.size() > 10);
        CHECK(to_string(metric.unit) != "?");
    }
    CHECK_FALSE(find_metric("herd"));
}
