#include "policies/metrics/exposition.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "policies/drivers/blocking.hpp"
#include "policies/metrics/metrics.hpp"
#include "tests/policies/support/fake_clock.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

/// Something of everything: success, failures, an open breaker that closed again, fallbacks.
Snapshot eventful() {
    FakeClock clock;
    Metrics metrics;
    BlockingExecutor executor{{.seed = 1, .observer = &metrics, .clock = &clock}};
    const LiveStack stack{{FallbackSettings{.on = {Outcome::breaker_open}},
                           RetrySettings{.max_attempts = 2, .backoff = ConstantBackoff{1s}, .jitter = NoJitter{}},
                           BreakerSettings{.failure_threshold = 2, .open_for = 10s, .half_open = {1}}}};
    const auto run = [&](Outcome outcome) { executor.run(stack, [&](const Attempt&) { return outcome; }); };
    run(Outcome::success);
    run(Outcome::unavailable);
    run(Outcome::success);
    clock.advance(10s);
    run(Outcome::success);
    return metrics.snapshot();
}

std::vector<std::string> lines(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> all;
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
}

/// 0 where promtool is content with the text.
int promtool(const std::string& text) {
    const std::string file = "promtool_" + std::to_string(std::rand()) + ".txt";
    std::ofstream(file) << text;
    const int status = std::system(("promtool check metrics < " + file).c_str());
    std::remove(file.c_str());
    return status;
}

}  // namespace

TEST_CASE("a page says what was counted, times in seconds") {
    const std::string page = exposition(eventful());
    CHECK_THAT(page, Contains("stampede_calls_started_total 4\n"));
    CHECK_THAT(page, Contains("stampede_calls_total{outcome=\"success\"} 2\n"));
    CHECK_THAT(page, Contains("stampede_calls_total{outcome=\"fallback\"} 1\n"));
    CHECK_THAT(page, Contains("stampede_call_duration_seconds_bucket{le=\"0.0001\"} 3\n"));
    CHECK_THAT(page, Contains("stampede_call_duration_seconds_bucket{le=\"1\"} 4\n"));
    CHECK_THAT(page, Contains("stampede_call_duration_seconds_bucket{le=\"+Inf\"} 4\n"));
    CHECK_THAT(page, Contains("stampede_call_duration_seconds_sum 1\n"));
    CHECK_THAT(page, Contains("stampede_call_attempts_bucket{le=\"0\"} 1\n"));
    CHECK_THAT(page, Contains("stampede_attempts_total{attempt=\"2\",outcome=\"unavailable\"} 1\n"));
    CHECK_THAT(page, Contains("stampede_backoff_seconds_total 1\n"));
    CHECK_THAT(page, Contains("stampede_refusals_total{outcome=\"breaker_open\"} 1\n"));
    CHECK_THAT(page, Contains("stampede_fallbacks_total{value=\"default\"} 1\n"));
    CHECK_THAT(page, Contains("stampede_breaker_state{breaker=\"0\",state=\"closed\"} 1\n"));
    CHECK_THAT(page, Contains("stampede_breaker_transitions_total{breaker=\"0\",from=\"half_open\",to=\"closed\","
                              "reason=\"trials_succeeded\"} 1\n"));
    CHECK_THAT(page, Contains("stampede_breaker_failure_ratio{breaker=\"0\"} 0.5\n"));
    CHECK_THAT(page, Contains("stampede_breaker_recovery_seconds_sum{breaker=\"0\"} 10\n"));
}

TEST_CASE("every sample belongs to the family announced before it, each family is announced once, the end is marked") {
    for (const TextFormat format : {TextFormat::prometheus, TextFormat::openmetrics}) {
        const auto all = lines(exposition({{"a", eventful()}, {"b", eventful()}}, format));
        REQUIRE(all.back() == "# EOF");
        std::set<std::string> announced;
        std::string family;
        std::string type;
        for (std::size_t i = 0; i + 1 < all.size(); ++i) {
            std::istringstream words(all[i]);
            std::string hash, kind, name;
            words >> hash >> kind >> name;
            if (hash != "#") {
                const std::string sample = all[i].substr(0, all[i].find_first_of("{ "));
                const std::string suffix = sample.substr(family.size());
                INFO(all[i]);
                CHECK(sample.compare(0, family.size(), family) == 0);
                const std::set<std::string> allowed =
                    type == "counter" ? std::set<std::string>{format == TextFormat::prometheus ? "" : "_total"}
                    : type == "gauge" ? std::set<std::string>{""}
                                      : std::set<std::string>{"_bucket", "_count", "_sum"};
                CHECK(allowed.count(suffix) == 1);
                CHECK(all[i].find("{client=\"") != std::string::npos);
            } else if (kind == "HELP") {
                CHECK(announced.insert(name).second);
                family = name;
            } else if (kind == "TYPE") {
                words >> type;
                CHECK(name == family);
            } else {
                CHECK(kind == "UNIT");
                CHECK(name == family);
            }
        }
        CHECK(announced.size() >= 15);
    }
}

TEST_CASE("a label may be any text") {
    const std::string page = exposition({{"a \"quoted\"\nback\\slash", Snapshot{}}});
    CHECK_THAT(page, Contains("stampede_calls_started_total{client=\"a \\\"quoted\\\"\\nback\\\\slash\"} 0\n"));
}

TEST_CASE("promtool accepts the page") {
    if (std::system("command -v promtool > /dev/null") != 0) {
        WARN("promtool (Debian: prometheus) is not installed: not checked");
        return;
    }
    CHECK(promtool(exposition(eventful())) == 0);
    CHECK(promtool(exposition({{"orders", eventful()}, {"stock \"2\"", Snapshot{}}})) == 0);
    CHECK(promtool("stampede_nonsense{ 1\n") != 0);
}
