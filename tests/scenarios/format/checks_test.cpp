#include "scenarios/format/checks.hpp"

#include <catch2/catch.hpp>

#include "scenarios/format/faults/schedule.hpp"
#include "scenarios/format/targets.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede::scenarios;

namespace {

/// The only mistake in the example when one text in it is replaced.
Diagnostic mistake(std::string_view from, std::string_view to) {
    const Reading reading = read(changed(from, to));
    CHECK_FALSE(reading.scenario);
    INFO(render(reading.diagnostics));
    REQUIRE(reading.diagnostics.size() == 1);
    return reading.diagnostics.front();
}

}  // namespace

TEST_CASE("names that are referred to must exist") {
    const Diagnostic service = mistake("\"calls\": \"payments\", \"policy\"", "\"calls\": \"payment\", \"policy\"");
    CHECK(service.message == "there is no service \"payment\"");
    CHECK(service.hint == "did you mean \"payments\"?");
    CHECK(underlined(service) == "\"payment\"");
    CHECK(mistake("\"policy\": \"checkout\"", "\"policy\": \"checkin\"").message == "there is no policy \"checkin\"");
    CHECK(mistake("\"on\": \"payments\"", "\"on\": \"pay\"").message == "there is no service \"pay\"");
}

TEST_CASE("references are checked also where other mistakes are") {
    const std::string text = changed("\"5ms\"", "5", changed("\"on\": \"payments\"", "\"on\": \"pay\""));
    CHECK(read(text).diagnostics.size() == 2);
}

TEST_CASE("names can be steps of a path") {
    CHECK(mistake("\"batch\"", "\"a.b\"").message == "\"a.b\" cannot name a population of clients");
    CHECK(mistake("\"batch\"", "\"\"").message == "\"\" cannot name a population of clients");
    CHECK(mistake("\"batch\"", "\"b[0]\"").message == "\"b[0]\" cannot name a population of clients");
}

TEST_CASE("a backlog is of a service that somebody opens connections to") {
    const Diagnostic alone = mistake("\"workers\":", "\"backlog\": {}, \"workers\":");
    CHECK(alone.message == "nobody opens connections to \"payments\": its backlog would stay empty");
    CHECK(underlined(alone) == "{");
    const std::string text = changed("\"workers\":", "\"backlog\": { \"limit\": 10 }, \"workers\":");
    CHECK(read(changed("\"policy\": \"checkout\"", "\"connections\": { \"max\": 2 }, \"policy\": \"checkout\"", text))
              .scenario);
}

TEST_CASE("endpoints that are named exist, and only some faults strike one") {
    const std::string with = changed("\"workers\":", "\"endpoints\": { \"pay\": {}, \"refund\": {} }, \"workers\":");
    CHECK(read(changed("\"on\": \"payments\"", "\"on\": \"payments/refund\"", with)).scenario);
    const auto only = [](const Reading& reading) {
        INFO(render(reading.diagnostics));
        REQUIRE(reading.diagnostics.size() == 1);
        return reading.diagnostics.front();
    };
    const Diagnostic target = only(read(changed("\"on\": \"payments\"", "\"on\": \"payments/refnd\"", with)));
    CHECK(target.message == "there is no endpoint of \"payments\" called \"refnd\"");
    CHECK(target.hint == "did you mean \"refund\"?");
    const Diagnostic called =
        only(read(changed("\"policy\": \"checkout\"", "\"endpoint\": \"pya\", \"policy\": \"checkout\"", with)));
    CHECK(called.message == "there is no endpoint of \"payments\" called \"pya\"");
    CHECK(called.hint == "did you mean \"pay\"?");
    CHECK(mistake("\"workers\":", "\"endpoints\": { \"a/b\": {} }, \"workers\":").message ==
          "\"a/b\" cannot name a service's endpoint");
    CHECK(mistake("\"workers\":", "\"endpoints\": { \"a\": { \"weight\": 0 } }, \"workers\":").message ==
          "no weight is above 0: calls that name no endpoint could go to none");
}

TEST_CASE("faults lie within the run") {
    CHECK(mistake("\"at\": \"20s\"", "\"at\": \"60s\"").message == "the fault starts at 60s, but the run ends at 60s");
    const Diagnostic late = mistake("\"for\": \"10s\"", "\"for\": \"41s\"");
    CHECK(late.message == "the fault ends at 61s, after the end of the run at 60s");
    CHECK(underlined(late) == "\"41s\"");
    CHECK(read(changed("\"for\": \"10s\"", "\"for\": \"40s\"")).scenario);
}

TEST_CASE("times of the run fit together") {
    CHECK(underlined(mistake("\"warmup\": \"5s\"", "\"warmup\": \"60s\"")) == "\"60s\"");
    CHECK(mistake("\"seeds\": 3", "\"bin\": \"0.9ms\"").message.find("out of range") != std::string::npos);
    CHECK(mistake("\"duration\": \"60s\"", "\"bin\": \"1ms\", \"duration\": \"2001s\"")
              .message.starts_with("2001000 bins in"));
}

TEST_CASE("distributions are possible") {
    const std::string_view time = "{ \"lognormal\": { \"median\": \"20ms\", \"p99\": \"120ms\" } }";
    CHECK(mistake(time, "{ \"uniform\": { \"min\": \"3s\", \"max\": \"2s\" } }").message ==
          "max (2s) is below min (3s)");
    CHECK(mistake(time, "{ \"lognormal\": { \"median\": \"2s\", \"p99\": \"2s\" } }").message ==
          "p99 (2s) must be above the median (2s)");
    CHECK(read(changed(time, "{ \"uniform\": { \"min\": \"2s\", \"max\": \"2s\" } }")).scenario);
    CHECK(underlined(mistake("\"jitter\": \"1ms\"", "\"jitter\": \"6ms\"")) == "\"6ms\"");
}

TEST_CASE("clients that never think are refused, for time would not pass") {
    CHECK(mistake("\"value\": \"1s\"", "\"value\": \"0s\"").message.find("does not think") != std::string::npos);
}

TEST_CASE("there are no more groups than clients") {
    CHECK(mistake("\"groups\": 4", "\"groups\": 101").message == "101 groups, but only 100 clients");
}

TEST_CASE("a scenario that would run for ever is refused, with the estimate") {
    const Diagnostic many = mistake("\"30/m\"", "\"100000/s\"");
    CHECK(many.message == "about 6e+08 requests are expected in 60s, more than max_requests (2e+08)");
    CHECK(mistake("\"seeds\": 3", "\"max_requests\": 3119").message.find("3.12e+03") != std::string::npos);
    CHECK(read(changed("\"seeds\": 3", "\"max_requests\": 3120")).scenario);
    CHECK(mistake("\"value\": \"1s\"", "\"value\": \"1ns\"").message.starts_with("about 1.2e+11 requests"));
}

TEST_CASE("all populations together are bounded") {
    const std::string_view load = "\"count\": 100, \"groups\": 4, \"load\": { \"open\": { \"rate\": \"30/m\" } }";
    CHECK(mistake(load, "\"count\": 4999999, \"load\": { \"open\": { \"rate\": \"0.001/s\" } }").message ==
          "5000001 clients in all, every loop of a closed load counted; at most 5000000 can be simulated");
}

TEST_CASE("a scenario without services or clients is none") {
    const Reading reading = read(R"({"stampede": 1, "run": {"duration": "1s"}, "services": {}, "clients": {}})");
    REQUIRE(reading.diagnostics.size() == 2);
    CHECK(reading.diagnostics[0].message == "\"services\" is empty: at least one is needed");
}

TEST_CASE("a stack is no higher than a pipeline can be") {
    std::string layers;
    for (int i = 0; i < 12; ++i) layers += "\"bulkhead\", ";
    CHECK(mistake("\"bulkhead\",", layers).message == "17 layers; a stack has at most 16");
}

TEST_CASE("calls of services are references too, and must not go round in a circle") {
    const std::string_view errors = "\"errors\": { \"rate\": 0.001, \"class\": \"client_error\" } }";
    const auto with = [&](std::string_view more) { return std::string("\"calls\": [{ \"to\": ") + std::string(more); };
    CHECK(mistake(errors, with("\"db\" }] }")).message == "there is no service \"db\"");
    CHECK(mistake(errors, with("\"payments\", \"policy\": \"x\" }] }")).message == "there is no policy \"x\"");
    const Diagnostic self = mistake(errors, with("\"payments\" }] }"));
    CHECK(self.message == "calls go round in a circle: payments → payments");
    CHECK(underlined(self) == "\"payments\"");

    const std::string db =
        ", \"db\": { \"workers\": 1, \"service_time\": { \"constant\": { \"value\": \"1ms\" } }, \"calls\": [{ \"to\": "
        "\"payments\" }] }";
    const Diagnostic round = mistake(errors, with("\"db\" }] }") + db);
    CHECK(round.message == "calls go round in a circle: payments → db → payments");
    CHECK(read(changed(errors, with("\"db\" }] }") + changed(", \"calls\": [{ \"to\": \"payments\" }]", "", db)))
              .scenario);
}

TEST_CASE("a fault's target is a service, an instance that there is, or a zone") {
    const auto target = [](std::string_view on) {
        return mistake("\"on\": \"payments\"", "\"on\": \"" + std::string(on) + "\"").message;
    };
    CHECK(target("payments[1]").starts_with("there is no instance \"payments[1]\""));
    CHECK(target("payments[x]").starts_with("there is no instance"));
    CHECK(target("payment[0]") == "there is no service \"payment\"");
    CHECK(target("zones.east") == "there is no zone \"east\"");
    CHECK(read(changed("\"on\": \"payments\"", "\"on\": \"payments[0]\"")).scenario);
    const std::string zones = changed("\"latency\": \"5ms\"", "\"latency\": \"5ms\", \"zones\": [\"east\"]");
    CHECK(read(changed("\"on\": \"payments\"", "\"on\": \"zones.east\"", zones)).scenario);
}

TEST_CASE(
    "a target strikes the instances of a service, one of them, a zone's, or a share of these: the first so many") {
    Scenario scenario;
    scenario.network.zones = {"east", "west"};
    ServiceSettings service;
    service.instances = 4;
    service.zones = {"east", "west"};
    scenario.services = {{"api", service}, {"db", service}};
    using Numbers = std::vector<std::uint16_t>;
    CHECK(struck_by(scenario, "db", 1) == Numbers{4, 5, 6, 7});
    CHECK(struck_by(scenario, "db[2]", 1) == Numbers{6});
    CHECK(struck_by(scenario, "zones.west", 1) == Numbers{1, 3, 5, 7});
    CHECK(struck_by(scenario, "api", 0.5) == Numbers{0, 1});
    CHECK(struck_by(scenario, "api", 0.51) == Numbers{0, 1, 2});
    CHECK(struck_by(scenario, "api", 0) == Numbers{0});
    scenario.services[0].value.zones.clear();
    CHECK(struck_by(scenario, "zones.east", 1) == Numbers{0, 1, 2, 3, 4, 6});
}

TEST_CASE("a fault that comes again does not overlap with itself, and is over by the end of the run") {
    const auto with = [](std::string_view more) {
        return changed("\"for\": \"10s\"", "\"for\": \"10s\", " + std::string(more));
    };
    const auto message = [&](std::string_view more) {
        const Reading reading = read(with(more));
        REQUIRE(reading.diagnostics.size() == 1);
        return reading.diagnostics.front().message;
    };
    CHECK(message("\"every\": \"9s\"") == "the fault lasts 10s, so that it would overlap with itself every 9s");
    CHECK(message("\"every\": \"15s\", \"times\": 4") == "4 times are not over by the end of the run at 60s; 3 are");
    CHECK(message("\"times\": 2") == "a fault that comes several times needs \"every\"");
    const auto scenario = *read(with("\"every\": \"15s\"")).scenario;
    const auto times = occurrences_of(scenario.faults.front(), scenario);
    REQUIRE(times.size() == 3);
    CHECK((times[2].begin == std::chrono::seconds{50} && times[2].end == std::chrono::seconds{60}));
    const auto twice = *read(with("\"every\": \"15s\", \"times\": 2")).scenario;
    CHECK(occurrences_of(twice.faults.front(), twice).size() == 2);
}

TEST_CASE("a fault's strength has time to grow and to go back, and does not change too often") {
    const auto slow = [](std::string_view more) {
        return mistake("{ \"outage\": { \"at\": \"20s\", \"for\": \"10s\", \"on\": \"payments\" } }",
                       "{ \"slowdown\": { \"at\": \"20s\", \"for\": \"10s\", \"on\": \"payments\", \"factor\": 2, " +
                           std::string(more) + " } }");
    };
    CHECK(slow("\"ramp\": \"6s\"").message == "growing and going back take 6s each, but the fault is over after 10s");
    CHECK(slow("\"period\": \"1ms\", \"every\": \"10s\"").message.starts_with("the fault changes about 1.6e+06 times"));
    CHECK(mistake("\"on\": \"payments\"", "\"on\": \"clients.web\"").message ==
          "this fault strikes services, instances and zones, not clients");
    CHECK(mistake("\"on\": \"payments\"", "\"on\": \"clients.we\"").message ==
          "there is no population of clients \"we\"");
}

TEST_CASE("what may be drawn is over within the run, and has a target") {
    const auto with = [](std::string_view fault, std::string_view within) {
        return read(changed("\"faults\":", "\"chaos\": { \"draw\": 2, \"within\": \"" + std::string(within) +
                                               "\", \"from\": [" + std::string(fault) + "] }, \"faults\":"));
    };
    const std::string_view outage = "{ \"outage\": { \"at\": \"20s\", \"for\": \"10s\", \"on\": \"payments\" } }";
    CHECK(with(outage, "30s").scenario);
    const auto message = [&](std::string_view fault, std::string_view within) {
        const Reading reading = with(fault, within);
        REQUIRE(reading.diagnostics.size() == 1);
        return reading.diagnostics.front().message;
    };
    CHECK(message(outage, "31s") ==
          "drawn as late as it may be, the fault ends at 61s, after the end of the run at 60s");
    CHECK(message("", "1s") == "no faults to draw from: at least one is needed");
    CHECK(message("{ \"pause\": { \"at\": \"20s\", \"for\": \"1s\", \"on\": \"pay\" } }", "1s") ==
          "there is no service \"pay\"");
}

TEST_CASE("what is drawn has a strength") {
    const auto message = [](std::string_view strength) {
        const Reading reading = read(changed(
            "\"faults\":", "\"chaos\": { \"draw\": 2, \"within\": \"20s\", \"strength\": " + std::string(strength) +
                               ", \"from\": [{ \"pause\": { \"on\": \"payments\", \"at\": \"20s\", "
                               "\"for\": \"10s\" } }] }, \"faults\":"));
        return reading.diagnostics.empty() ? "" : reading.diagnostics.front().message;
    };
    CHECK(message("{ \"from\": 0 }").empty());
    CHECK(message("{ \"from\": 0, \"to\": 0 }") == "faults of no strength are none: it must be at least 0.01");
}

TEST_CASE("what may be drawn is over within the run, and does not overlap with itself, however long it is drawn") {
    const auto message = [](std::string_view fault, std::string_view length) {
        const Reading reading = read(
            changed("\"faults\":", "\"chaos\": { \"draw\": 2, \"within\": \"20s\", \"length\": " + std::string(length) +
                                       ", \"from\": [{ \"pause\": { \"on\": \"payments\", " + std::string(fault) +
                                       " } }] }, \"faults\":"));
        return reading.diagnostics.empty() ? "" : reading.diagnostics.front().message;
    };
    const std::string_view once = "\"at\": \"20s\", \"for\": \"10s\"";
    CHECK(message(once, "{}").empty());
    CHECK(message(once, "{ \"to\": 2.5 }") ==
          "drawn as late as it may be, the fault ends at 65s, after the end of the run at 60s");
    CHECK(message("\"at\": \"5s\", \"for\": \"2s\", \"every\": \"3s\", \"times\": 3", "{}") ==
          "drawn as long as it may be, the fault lasts 4s, so that it would overlap with itself every 3s");
    CHECK(message(once, "{ \"from\": 3 }") == "the shortest is longer than the longest");
}

TEST_CASE("lines of a trace have targets, lie within the run, and have values that their fault can have") {
    const auto message = [](std::string_view line) {
        const Reading reading =
            read(changed("\"faults\":", "\"fault_trace\": [{ " + std::string(line) + " }], \"faults\":"));
        return reading.diagnostics.empty() ? "" : reading.diagnostics.front().message;
    };
    CHECK(message("\"time\": \"5s\", \"fault\": \"latency\", \"target\": \"payments\", \"value\": 2.5").empty());
    CHECK(message("\"time\": \"5s\", \"fault\": \"errors\", \"target\": \"pay\", \"value\": 1") ==
          "there is no service \"pay\"");
    CHECK(message("\"time\": \"60s\", \"fault\": \"errors\", \"target\": \"payments\", \"value\": 1") ==
          "the line is of 60s, but the run ends at 60s");
    CHECK(message("\"time\": \"5s\", \"fault\": \"errors\", \"target\": \"payments\", \"value\": 2") == "2 is above 1");
    CHECK(message("\"time\": \"5s\", \"fault\": \"outage\", \"target\": \"payments\", \"value\": 0.5") ==
          "0.5 is neither 0 nor 1");
}
