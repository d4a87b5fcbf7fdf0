#include "replay/trace.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "policies/random/stream.hpp"
#include "tests/fuzz/trace_properties.hpp"

using namespace stampede;
using namespace stampede::replay;
using namespace std::chrono_literals;

namespace {

scenarios::Diagnostics mistakes_in(const std::string& text) {
    scenarios::Diagnostics diagnostics;
    CHECK_FALSE(read_trace(text, "t", diagnostics));
    return diagnostics;
}

std::string text_of_trace(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("a trace is a call a line, with comments and blank lines and any blanks between words") {
    scenarios::Diagnostics diagnostics;
    const auto trace = read_trace(
        "# head\n\n0 a ok 20\n 10\tb  fail 30 # said so\r\n10 c slow 2000\n11 d client_error 0", "t", diagnostics);
    REQUIRE(trace);
    REQUIRE(trace->size() == 4);
    CHECK((*trace)[0].id == "a");
    CHECK((*trace)[1].at == Instant{10ms});
    CHECK((*trace)[1].outcome == Outcome::transient);
    CHECK((*trace)[1].duration == 30ms);
    CHECK((*trace)[2].outcome == Outcome::success);
    CHECK((*trace)[3].outcome == Outcome::client_error);
    CHECK(read_trace("", "t", diagnostics)->empty());
}

TEST_CASE("every mistake in a trace is told with its line, its column and what was expected") {
    const auto found = mistakes_in("0 a ok\n5 b fial 10\n3 c ok -4\n7 d ok 1 2\n1 e ok 1\n0 f ok 1\n");
    REQUIRE(found.size() == 5);
    CHECK(found[0].line == 1);
    CHECK(found[0].message == "3 of four words");
    CHECK(found[0].hint == "a line is: t_ms id ok|fail|slow|client_error duration_ms");
    CHECK((found[1].line == 2 && found[1].column == 5));
    CHECK(found[1].hint == "did you mean \"fail\"?");
    CHECK((found[2].line == 3 && found[2].column == 8));
    CHECK((found[3].line == 4 && found[3].column == 10));
    CHECK(found[4].message == "0 comes after a later call");
    CHECK(mistakes_in("1e3 a ok 1\n").at(0).message == "\"1e3\" is no t_ms");
    CHECK(mistakes_in("1000000000001 a ok 1\n").size() == 1);
}

TEST_CASE("a file that is no trace at all is not told line by line for ever") {
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += "nonsense\n";
    CHECK(mistakes_in(text).size() <= 100);
}

TEST_CASE("no bytes whatever break the trace reader") {
    Stream choose{1};
    for (const auto& entry : std::filesystem::directory_iterator(STAMPEDE_CORPUS)) {
        const std::string original = text_of_trace(entry.path());
        CHECK(broken_by_trace(original).empty());
        for (int i = 0; i < 3'000; ++i) {
            std::string text = original;
            for (std::uint64_t changes = 1 + choose.bits() % 4; changes > 0 && !text.empty(); --changes) {
                const std::size_t place = choose.bits() % text.size();
                const auto byte = static_cast<char>(choose.bits());
                switch (choose.bits() % 4) {
                    case 0:
                        text.erase(place, 1 + choose.bits() % 8);
                        break;
                    case 1:
                        text.insert(place, 1, byte);
                        break;
                    case 2:
                        text[place] = "0123456789 #\n\t-"[choose.bits() % 15];
                        break;
                    default:
                        text[place] = byte;
                }
            }
            const std::string broken = broken_by_trace(text);
            if (!broken.empty()) FAIL(broken << "\n" << text);
        }
    }
}
