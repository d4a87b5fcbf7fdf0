#include "replay/player.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "replay/lines.hpp"
#include "scenarios/loading/stacks.hpp"

using namespace stampede;
using namespace stampede::replay;

namespace {

std::string told;
void take(std::string_view text) { told += text; }

std::string replay_of(const std::string& trace_text, const std::string& policy) {
    scenarios::Diagnostics diagnostics;
    const auto trace = read_trace(trace_text, "trace", diagnostics);
    REQUIRE(trace);
    told.clear();
    {
        Lines lines(take, 1);
        Player(parse_stack(policy, "policy"), *trace, 1, lines).play();
    }
    return told;
}

std::string all_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the replays that are shown in the documentation are what comes out") {
    const std::filesystem::path folder = STAMPEDE_GOLDEN;
    int compared = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".policy") continue;
        std::filesystem::path expected = entry.path();
        expected.replace_extension(".jsonl");
        const std::string lines = replay_of(all_of(folder / "calls.trace"), all_of(entry.path()));
        if (std::getenv("STAMPEDE_UPDATE_GOLDEN") != nullptr) std::ofstream(expected, std::ios::binary) << lines;
        INFO(entry.path());
        CHECK(lines == all_of(expected));
        ++compared;
    }
    CHECK(compared >= 4);
}

TEST_CASE("at one instant what is due ends first, in the order of admission, then the next call comes") {
    CHECK(replay_of("0 a ok 10\n5 b ok 5\n10 c ok 0\n10 d ok 1\n", R"({"breaker": {}})") ==
          R"({"t":0,"id":"a","ev":"admit","state":"closed"}
{"t":5,"id":"b","ev":"admit","state":"closed"}
{"t":10,"id":"a","ev":"settle","state":"closed"}
{"t":10,"id":"b","ev":"settle","state":"closed"}
{"t":10,"id":"c","ev":"admit","state":"closed"}
{"t":10,"id":"c","ev":"settle","state":"closed"}
{"t":10,"id":"d","ev":"admit","state":"closed"}
{"t":11,"id":"d","ev":"settle","state":"closed"}
)");
}

TEST_CASE("a move that is made by a call is told when the call comes, one by the clock at its time") {
    const std::string trace = "0 a fail 1\n5000 b ok 1\n";
    const auto policy = [](const std::string& timed) {
        return R"({"breaker": {"failure_threshold": 1, "open_for": "1s", "half_open": {"calls": 1, "timed": )" + timed +
               "}}}";
    };
    CHECK_THAT(replay_of(trace, policy("false")),
               Catch::Contains(R"({"t":5000,"ev":"transition","from":"open","to":"half_open")"));
    CHECK_THAT(replay_of(trace, policy("true")),
               Catch::Contains(R"({"t":1001,"ev":"transition","from":"open","to":"half_open")"));
}

TEST_CASE("a stack may be replayed too: waits, refusals and time-outs of all its layers") {
    const std::string lines =
        replay_of("0 a ok 100\n1 b ok 100\n2 c ok 10\n",
                  R"([{"bulkhead": {"max_concurrent": 1, "max_waiting": 1}}, {"timeout": {"after": "50ms"}}])");
    CHECK(lines == R"({"t":0,"id":"a","ev":"admit","state":null}
{"t":1,"id":"b","ev":"wait","state":null}
{"t":2,"id":"c","ev":"reject","state":null}
{"t":50,"id":"a","ev":"settle","state":null}
{"t":50,"id":"b","ev":"admit","state":null}
{"t":100,"id":"b","ev":"settle","state":null}
)");
}

TEST_CASE("ids are told as they are, whatever is in them") {
    CHECK_THAT(replay_of("0 \"\\\xff ok 1\n", R"("breaker")"), Catch::Contains(R"("id":"\"\\)"));
}

TEST_CASE("a hedge cannot be replayed") {
    scenarios::Diagnostics diagnostics;
    const auto trace = read_trace("0 a ok 1\n", "trace", diagnostics);
    Lines lines(take, 0);
    CHECK_THROWS_AS(Player(StackSettings{HedgeSettings{}}, *trace, 1, lines), std::invalid_argument);
}
