#include "scenarios/loading/stacks.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include "policies/core/same.hpp"
#include "policies/drivers/blocking.hpp"

using namespace stampede;
using namespace std::chrono_literals;
using Catch::Contains;

namespace {

std::string error_of(const std::string& text) {
    try {
        (void)parse_stacks(text, "policies.json");
    } catch (const LoadError& error) {
        CHECK_FALSE(error.diagnostics().empty());
        return error.what();
    }
    return "it was taken";
}

/// A document of one stack, "checkout".
std::string checkout(const std::string& layers) { return "{ \"policies\": { \"checkout\": [" + layers + "] } }"; }

}  // namespace

TEST_CASE("stacks come from a document of policies alone, in its order") {
    const Stacks stacks = parse_stacks(R"({ "stampede": 1, "policies": { // with comments
        "stock": [],
        "checkout": [ { "timeout": { "after": "2s" } }, "breaker" ] } })",
                                       "policies.json");
    CHECK(stacks.names() == std::vector<std::string>{"stock", "checkout"});
    CHECK(stacks.at("stock").empty());
    REQUIRE(stacks.at("checkout").size() == 2);
    CHECK(same(stacks.at("checkout")[0], LayerSettings{TimeoutSettings{2s}}));
    CHECK(same(stacks.at("checkout")[1], LayerSettings{BreakerSettings{}}));
}

TEST_CASE("stacks come from a whole scenario, whose other sections need not be right") {
    const std::string text = R"({ "stampede": 1, "run": { "duration": "much too long" }, "clients": 7,
        "variants": {}, "policies": { "one": ["retry"] } })";
    CHECK(same(parse_stacks(text, "s.json").at("one").at(0), LayerSettings{RetrySettings{}}));
}

TEST_CASE("the scenarios that are shipped can be loaded and run") {
    const Stacks stacks = load_stacks(STAMPEDE_SCENARIOS "/payments-outage.json");
    const LiveStack checkout{stacks.at("checkout")};
    BlockingExecutor executor;
    CHECK(executor.call(checkout, [](const Attempt&) { return 42; }) == 42);
}

TEST_CASE("mistakes are told with their place and what was meant, all at once") {
    const std::string text = error_of("{ \"policies\": { \"checkout\": [\n  { \"retry\": { \"jiter\": \"full\" } },\n" +
                                      std::string("  { \"timeout\": { \"after\": \"0s\" } } ] } }"));
    CHECK_THAT(text, Contains("policies.json:2:16: error: unknown key \"jiter\"") &&
                         Contains("{ \"retry\": { \"jiter\": \"full\" } },\n") && Contains("^~~~~~~") &&
                         Contains("did you mean \"jitter\"?") && Contains("policies.json:3:27: error:"));
}

TEST_CASE("whatever is wrong with a document of policies is refused") {
    CHECK_THAT(error_of("{ \"polices\": {} }"), Contains("unknown key \"polices\"") && Contains("\"policies\""));
    CHECK_THAT(error_of("{}"), Contains("\"policies\" is missing"));
    CHECK_THAT(error_of("[]"), Contains("expected an object"));
    CHECK_THAT(error_of("{ \"policies\": "), Contains("policies.json:1:"));
    CHECK_THAT(error_of(""), Contains("policies.json:1:1"));
    CHECK_THAT(error_of("{ \"stampede\": 2, \"policies\": {} }"), Contains("1:15"));
    CHECK_THAT(error_of("{ \"policies\": { \"a.b\": [] } }"), Contains("cannot name a policy"));
    CHECK_THAT(error_of("{ \"policies\": { \"a\": [], \"a\": [] } }"), Contains("written twice"));
    CHECK_THAT(error_of(checkout("{ \"breaker\": { \"on\": [\"success\"] } }")), Contains("cannot count as a failure"));
    std::string many = "\"retry\"";
    for (std::size_t i = 0; i < max_layers; ++i) many += ", \"retry\"";
    CHECK_THAT(error_of(checkout(many)), Contains("17 layers; a stack has at most 16"));
}

TEST_CASE("a stack that is not there is answered with those that are") {
    const Stacks stacks = parse_stacks(checkout(""), "policies.json");
    CHECK_THROWS_WITH(stacks.at("chekout"), Contains("policies.json: there is no policy \"chekout\"") &&
                                                Contains("did you mean \"checkout\"?"));
}

TEST_CASE("a file that cannot be read is an error with its name, an empty file is a mistake in the file") {
    CHECK_THROWS_WITH(load_stacks("no/such/file.json"),
                      Contains("no/such/file.json: cannot be read: No such file or directory"));
    CHECK_THROWS_WITH(load_stacks("/tmp"), Contains("/tmp: cannot be read"));
    std::ofstream("empty_policies.json").close();
    CHECK_THROWS_WITH(load_stacks("empty_policies.json"), Contains("empty_policies.json:1:1: error"));
    std::remove("empty_policies.json");
}

TEST_CASE("files are loaded and swapped in while threads call") {
    const std::string files[] = {
        checkout(R"({ "retry": { "max_attempts": 2, "backoff": { "constant": { "delay": "50us" } } } },
                                             { "bulkhead": { "max_concurrent": 2, "max_waiting": 4 } })"),
        checkout(R"("breaker", { "bulkhead": { "max_concurrent": 1, "max_waiting": 4 } })"),
        checkout(R"({ "timeout": { "after": "0s" } })")};
    LiveStack stack{parse_stacks(files[0], "a").at("checkout")};
    BlockingExecutor executor;
    std::atomic<int> ended = 0;
    std::vector<std::thread> callers;
    for (int t = 0; t < 4; ++t)
        callers.emplace_back([&, t] {
            for (int i = 0; i < 200; ++i, ++ended)
                executor.run(stack,
                             [&](const Attempt&) { return (i + t) % 4 == 0 ? Outcome::transient : Outcome::success; });
        });
    int refused = 0;
    for (std::size_t i = 0; ended < 4 * 200 || refused == 0; ++i) {
        try {
            executor.swap(stack, parse_stacks(files[i % 3], "a").at("checkout"));
        } catch (const LoadError&) {
            ++refused;  // the third is wrong: what runs stays
        }
    }
    for (std::thread& caller : callers) caller.join();
    CHECK(ended == 4 * 200);
    CHECK(executor.run(stack, [](const Attempt&) { return Outcome::success; }).outcome != Outcome::bulkhead_full);
}
