#include "sim/replications/archive.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

using namespace stampede;
using namespace stampede::sim;

namespace {

Instant at(std::int64_t nanoseconds) { return Instant{Duration{nanoseconds}}; }

/// Something in every field.
Result full() {
    Result result;
    result.seed = 0xfedcba9876543210;
    result.values = {{Metric::recovery_time, "", never},
                     {Metric::requests_total, "clients.web", -0.0},
                     {Metric::service_shed, "services.päy \n\0", std::numeric_limits<double>::denorm_min()}};
    result.indexed = {{Metric::retry_success_by_attempt, "", {1, std::nan(""), 0.25}},
                      {Metric::jitter_delay_mean, "x", {}}};
    result.bin_s = 0.25;
    result.series = {{"arrivals", "services.api", "1/bin", {1, 2, 3}}, {"", "", "", {}}};
    result.faults = {{"outage", "services.api", at(-1), at(std::numeric_limits<std::int64_t>::max())}};
    result.breakers = {{"b", {{at(5), BreakerState::closed, BreakerState::open, BreakerReason::failure_rate}}},
                       {"never moved", {}}};
    result.breaker_count = 77;
    result.latencies = {{"", {0.5, 1}, {3, 4}}};
    result.trace.spans = {{SpanKind::backoff, 1, 2, 3, at(4), at(5), "waited"}};
    result.trace.truncated = true;
    result.stopped_by = "events";
    result.end = Instant{Duration{6}};
    result.fingerprint = 99;
    result.wall_s = 1.5;
    result.events = 12;
    result.peak_rss_mib = 40;
    return result;
}

}  // namespace

TEST_CASE("a result comes out of the archive as it went in, field by field") {
    const Result before = full();
    const auto after = decode(encode(before));
    REQUIRE(after);
    CHECK(after->seed == before.seed);
    CHECK(after->values == before.values);
    CHECK(after->stopped_by == "events");
    CHECK(after->end == before.end);
    CHECK(std::signbit(after->values[1].value));
    REQUIRE(after->indexed.size() == 2);
    CHECK(after->indexed[0].values[0] == 1);
    CHECK(std::isnan(after->indexed[0].values[1]));
    CHECK(after->indexed[1].subject == "x");
    CHECK(after->bin_s == 0.25);
    REQUIRE(after->series.size() == 2);
    CHECK(after->series[0].name == "arrivals");
    CHECK(after->series[0].unit == "1/bin");
    CHECK(after->series[0].values == std::vector<double>{1, 2, 3});
    CHECK(after->faults[0].end == at(std::numeric_limits<std::int64_t>::max()));
    REQUIRE(after->breakers.size() == 2);
    CHECK(after->breakers[0].changes[0].reason == BreakerReason::failure_rate);
    CHECK(after->breakers[0].changes[0].to == BreakerState::open);
    CHECK(after->breaker_count == 77);
    CHECK(after->latencies[0].counts == std::vector<std::uint64_t>{3, 4});
    CHECK(after->trace.spans[0].how == "waited");
    CHECK(after->trace.truncated);
    CHECK(after->fingerprint == 99);
    CHECK(after->events == 12);
    CHECK(after->wall_s == 1.5);
    CHECK(after->peak_rss_mib == 40);
    CHECK(encode(*after) == encode(before));
}

TEST_CASE("an empty result is a result") {
    const auto after = decode(encode(Result{}));
    REQUIRE(after);
    CHECK(encode(*after) == encode(Result{}));
}

TEST_CASE("whatever is cut off, nothing comes out") {
    const std::string bytes = encode(full());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        REQUIRE_FALSE(decode(std::string_view{bytes}.substr(0, length)));
}

TEST_CASE("a length that no numbers could fill is not believed") {
    Result result;
    result.series.push_back({"arrivals", "", "1/bin", {1, 2, 3}});
    std::string bytes = encode(result);
    const std::size_t place = bytes.find("1/bin") + 5;
    std::size_t length = 0;
    std::memcpy(&length, bytes.data() + place, sizeof length);
    REQUIRE(length == 3);
    for (const std::size_t claimed : {std::size_t{4}, bytes.size() - place - 8, ~std::size_t{0} / 8 + 2}) {
        std::memcpy(bytes.data() + place, &claimed, sizeof claimed);
        CHECK_FALSE(decode(bytes));
    }
}

TEST_CASE("more than a result is not a result") { CHECK_FALSE(decode(encode(full()) + "x")); }

TEST_CASE("a length that nothing could hold is not believed") {
    std::string bytes = encode(full());
    for (std::size_t i = 8; i < 16; ++i) bytes[i] = '\xff';  // the number of values, after the seed
    CHECK_FALSE(decode(bytes));
}
