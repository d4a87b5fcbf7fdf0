#include "cli/metric_names.hpp"

#include <catch2/catch.hpp>

#include "cli/exit.hpp"

using namespace stampede;
using namespace stampede::cli;

namespace {

std::string complaint(const std::string& text) {
    try {
        (void)parse_metrics(text, "--metrics");
    } catch (const Stop& stop) {
        CHECK(stop.exit == cli::Exit::wrong_usage);
        return stop.what();
    }
    return {};
}

}  // namespace

TEST_CASE("metrics come in the order in which they are asked for, each once") {
    using enum Metric;
    CHECK(parse_metrics("recovery.time,latency.p99,recovery.time", "--metrics") ==
          std::vector{recovery_time, latency_p99});
    CHECK(parse_metrics("", "--metrics").empty());
}

TEST_CASE("a name that is no metric is answered with the nearest, a list with where it is") {
    CHECK(complaint("latency.p99,herd.peak_ration").find("did you mean \"herd.peak_ratio\"") != std::string::npos);
    CHECK(complaint("latency.p99,,").find("there is no metric") != std::string::npos);
    CHECK(complaint("jitter.delay_histogram").find("list by delay") != std::string::npos);
}
