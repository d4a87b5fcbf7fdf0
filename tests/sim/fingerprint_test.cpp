/// The benchmark model, event by event: a change meant to be only faster, or about something else, changes no event.

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "scenarios/format/document.hpp"
#include "tests/sim/support/outcomes.hpp"

using namespace stampede;
using namespace stampede::test;

namespace {

sim::Result run_file(const std::string& name) {
    std::ifstream file(STAMPEDE_SOURCE_DIR "/bench/scenarios/" + name);
    REQUIRE(file);
    std::stringstream text;
    text << file.rdbuf();
    scenarios::Diagnostics diagnostics;
    const auto document = scenarios::Document::parse(text.str(), name, diagnostics);
    REQUIRE(document);
    const auto scenario = document->read(diagnostics);
    REQUIRE(scenario);
    return run_once(*scenario);
}

}  // namespace

TEST_CASE("the benchmark model with a service that swallows calls runs event by event as it always did") {
    const sim::Result result = run_file("herd-1b-1000.json");
    CHECK(result.events == 1'487'275);
    CHECK(result.fingerprint == 0x87f21e7e0d62bf82);
}

TEST_CASE("the benchmark model with a service that answers errors runs event by event as it always did") {
    const sim::Result result = run_file("herd-1e-1000.json");
    CHECK(result.events == 1'412'588);
    CHECK(result.fingerprint == 0xf462ee1574353714);
}
