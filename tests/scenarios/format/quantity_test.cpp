#include "scenarios/format/quantity.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

using namespace stampede;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

TEST_CASE("durations are exact in every unit") {
    CHECK(parse_duration("1ns") == 1ns);
    CHECK(parse_duration("2us") == 2us);
    CHECK(parse_duration("250ms") == 250ms);
    CHECK(parse_duration("30s") == 30s);
    CHECK(parse_duration("2m") == 2min);
    CHECK(parse_duration("3h") == 3h);
    CHECK(parse_duration("0s") == 0s);
    CHECK(parse_duration("-5ms") == -5ms);
}

TEST_CASE("decimals of durations are exact, not rounded through a double") {
    CHECK(parse_duration("0.1s") == 100ms);
    CHECK(parse_duration("1.000000001s") == 1'000'000'001ns);
    CHECK(parse_duration("0.5m") == 30s);
    CHECK(parse_duration("0.001h") == 3600ms);
    CHECK(parse_duration("9007199.254740993s") == 9'007'199'254'740'993ns);  // 2^53 + 1 nanoseconds
    CHECK(parse_duration("1.50ms") == 1500us);
}

TEST_CASE("whole seconds are whole as a number too, so that limits in seconds include themselves") {
    for (const char* text : {"1h", "24h", "168h", "60s", "1m", "3s"}) {
        INFO(text);
        const double s = to_seconds(*parse_duration(text));
        CHECK(s == std::trunc(s));
    }
}

TEST_CASE("what is finer than a nanosecond or longer than 292 years is no duration") {
    CHECK_FALSE(parse_duration("0.5ns"));
    CHECK_FALSE(parse_duration("1.0000000001s"));
    CHECK_FALSE(parse_duration("99999999999s"));
    CHECK_FALSE(parse_duration("9999999999999999999999999999999h"));
    CHECK(parse_duration("9223372036s").has_value());
    CHECK(parse_duration("1.0000000000000000000000000s") == 1s);
}

TEST_CASE("what is not a number and a unit is no duration") {
    for (const char* text : {"", "5", "s", "5 s", " 5s", "5s ", "5sec", "5S", "1e3s", ".5s", "5.s", "--5s", "+5s",
                             "nans", "infs", "5s5", "1m30s"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text));
    }
}

TEST_CASE("rates are events a second, minute or hour") {
    CHECK(parse_rate("120/s")->per_second == 120);
    CHECK(parse_rate("30/m")->per_second == 0.5);
    CHECK(parse_rate("7200/h")->per_second == 2);
    CHECK(parse_rate("0.25/s")->per_second == 0.25);
    for (const char* text : {"", "120", "/s", "120/ms", "120 /s", "120/", "1e3/s", "inf/s"}) {
        INFO(text);
        CHECK_FALSE(parse_rate(text));
    }
}

TEST_CASE("durations are written in the unit that reads best") {
    CHECK(text_of(Duration{0}) == "0s");
    CHECK(text_of(250ms) == "250ms");
    CHECK(text_of(1500ms) == "1500ms");
    CHECK(text_of(60s) == "60s");
    CHECK(text_of(Duration{3min}) == "3m");
    CHECK(text_of(Duration{24h}) == "24h");
    CHECK(text_of(1'000'001ns) == "1000001ns");
}

TEST_CASE("any duration is read back as it was written") {
    CHECK(rc::check("parse(text(d)) == d", [] {
        const Duration d{*rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 62)};
        RC_ASSERT(parse_duration(text_of(d)) == d);
        const Duration whole = std::chrono::floor<std::chrono::seconds>(d);
        RC_ASSERT(parse_duration(text_of(whole)) == whole);
    }));
}

TEST_CASE("any text is a duration or is not, without harm") {
    CHECK(rc::check("no crash, and what is read can be written", [](const std::string& junk, std::uint32_t number) {
        for (const std::string& text :
             {junk, std::to_string(number) + junk, std::to_string(number) + "." + junk + "ms"})
            if (const auto d = parse_duration(text)) RC_ASSERT(parse_duration(text_of(*d)) == d);
    }));
}
