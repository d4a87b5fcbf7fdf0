#include "scenarios/format/reader.hpp"

#include <catch2/catch.hpp>

#include "scenarios/format/describe.hpp"
#include "scenarios/format/parse.hpp"
#include "scenarios/format/shape.hpp"

using namespace stampede;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

namespace {

/// A struct that the reader has never heard of: its table must be all that it needs.
struct Inner {
    std::uint8_t small = 7;
    static constexpr std::string_view name = "inner";
    static constexpr std::string_view doc = "something inside";
    static constexpr auto fields() { return std::tuple{field("small", &Inner::small, "a byte")}; }
};
struct Needy {
    Duration wait{};
    static constexpr std::string_view name = "needy";
    static constexpr std::string_view doc = "has no default";
    static constexpr auto fields() {
        return std::tuple{field("wait", &Needy::wait, "a time").required().above(0).up_to(60)};
    }
};
struct Everything {
    Duration time = 1s;
    Rate rate{2};
    Share share = 0.5;
    std::int32_t whole = -3;
    double real = 1.5;
    bool flag = false;
    std::string text = "t";
    Scope scope = Scope::group;
    OutcomeSet outcomes{Outcome::timeout};
    std::optional<Inner> maybe;
    Inner nested;
    std::variant<Inner, Needy> either = Inner{9};
    std::vector<std::variant<Inner, Needy>> list;
    Table<Inner> table;
    static constexpr std::string_view doc = "one of each";
    static constexpr auto fields() {
        using E = Everything;
        return std::tuple{field("time", &E::time, "1").from(0).up_to(3600),
                          field("rate", &E::rate, "2").above(0),
                          field("share", &E::share, "3"),
                          field("whole", &E::whole, "4").from(-10).up_to(10),
                          field("real", &E::real, "5"),
                          field("flag", &E::flag, "6"),
                          field("text", &E::text, "7"),
                          field("scope", &E::scope, "8"),
                          field("outcomes", &E::outcomes, "9"),
                          field("maybe", &E::maybe, "10"),
                          field("nested", &E::nested, "11"),
                          field("either", &E::either, "12"),
                          field("list", &E::list, "13"),
                          field("table", &E::table, "14")};
    }
    void check(Problems& problems) const {
        if (whole == 6 && flag) problems.add("whole", "six is too much with the flag");
    }
};

struct Read {
    Everything value;
    std::vector<std::string> messages;
    std::vector<std::string> hints;
};

Read read_everything(const std::string& text) {
    const Source source{"t", text, 0};
    Mistakes mistakes;
    const auto node = parse_json(source, {0, text.size()}, mistakes);
    REQUIRE(node);
    Read result;
    read_value(*node, result.value, Limits{}, mistakes);
    Diagnostics diagnostics;
    mistakes.move_to(diagnostics);
    for (const Diagnostic& d : diagnostics) {
        result.messages.push_back(d.message);
        result.hints.push_back(d.hint);
    }
    return result;
}

using Messages = std::vector<std::string>;

}  // namespace

TEST_CASE("a struct is read by its table alone, whatever its types") {
    const Read all = read_everything(R"({
        "time": "1.5s", "rate": "30/m", "share": 1, "whole": 10, "real": -2e3, "flag": true, "text": "ü", "scope": "all",
        "outcomes": ["success", "overload"], "maybe": { "small": 1 }, "nested": { "small": 255 },
        "either": { "needy": { "wait": "5s" } }, "list": ["inner", { "needy": { "wait": "1s" } }, { "inner": {} }],
        "table": { "b": { "small": 2 }, "a": {} } })");
    CHECK(all.messages == Messages{});
    const Everything& e = all.value;
    CHECK(e.time == 1500ms);
    CHECK(e.rate.per_second == 0.5);
    CHECK(e.share.value == 1);
    CHECK(e.whole == 10);
    CHECK(e.real == -2000);
    CHECK(e.flag);
    CHECK(e.text == "ü");
    CHECK(e.scope == Scope::all);
    CHECK(e.outcomes == OutcomeSet{Outcome::success, Outcome::overload});
    CHECK(e.maybe->small == 1);
    CHECK(e.nested.small == 255);
    CHECK(std::get<Needy>(e.either).wait == 5s);
    REQUIRE(e.list.size() == 3);
    CHECK(std::get<Inner>(e.list[0]).small == 7);
    CHECK(std::get<Needy>(e.list[1]).wait == 1s);
    REQUIRE(e.table.size() == 2);
    CHECK(e.table[0].name == "b");  // in the order of the file
    CHECK(e.table[1].value.small == 7);
}

TEST_CASE("what is left out keeps its default") {
    const Read none = read_everything("{}");
    CHECK(none.messages == Messages{});
    CHECK(none.value.time == 1s);
    CHECK_FALSE(none.value.maybe);
    CHECK(std::get<Inner>(none.value.either).small == 9);
}

TEST_CASE("null leaves out what may be left out, and nothing else") {
    CHECK(read_everything(R"({"maybe": null})").messages == Messages{});
    CHECK(read_everything(R"({"text": null})").messages == Messages{"expected a text, found null"});
}

TEST_CASE("a value of the wrong kind says what was expected and what was found") {
    CHECK(read_everything(R"({"time": 5})").messages ==
          Messages{"expected a duration, found the number 5 without a unit"});
    CHECK(read_everything(R"({"time": 5})").hints[0].find("ns us ms s m h") != std::string::npos);
    CHECK(read_everything(R"({"time": "5"})").messages ==
          Messages{"expected a duration, found the text \"5\" without a unit"});
    CHECK(read_everything(R"({"rate": "5s"})").hints[0].find("/s /m /h") != std::string::npos);
    CHECK(read_everything(R"({"whole": 1.5})").messages == Messages{"expected a whole number, found the number 1.5"});
    CHECK(read_everything(R"({"whole": "1"})").messages == Messages{"expected a whole number, found the text \"1\""});
    CHECK(read_everything(R"({"flag": 1})").messages == Messages{"expected true or false, found the number 1"});
    CHECK(read_everything(R"({"nested": []})").messages == Messages{"expected an object, found a list"});
    CHECK(read_everything(R"({"list": {}})").messages == Messages{"expected a list, found an object"});
    CHECK(read_everything(R"({"outcomes": "timeout"})").messages ==
          Messages{"expected a list of outcomes, found the text \"timeout\""});
    CHECK(read_everything("[]").messages == Messages{"expected an object, found a list"});
}

TEST_CASE("a value out of range is told the range, also the range of its type") {
    CHECK(read_everything(R"({"whole": 11})").messages == Messages{"11 is out of range: it must be from -10 to 10"});
    CHECK(read_everything(R"({"time": "2h"})").messages ==
          Messages{"\"2h\" is out of range: it must be from 0s to 1h"});
    CHECK(read_everything(R"({"time": "-1s"})").messages ==
          Messages{"\"-1s\" is out of range: it must be from 0s to 1h"});
    CHECK(read_everything(R"({"share": 1.01})").messages == Messages{"1.01 is out of range: it must be from 0 to 1"});
    CHECK(read_everything(R"({"nested": {"small": 256}})").messages ==
          Messages{"256 is out of range: it must be from 0 to 255"});
    CHECK(read_everything(R"({"nested": {"small": 1e300}})").messages ==
          Messages{"1e300 is out of range: it must be from 0 to 255"});
    CHECK(read_everything(R"({"rate": "0/s"})").messages == Messages{"\"0/s\" is out of range: it must be above 0/s"});
    CHECK(read_everything(R"({"either": {"needy": {"wait": "0s"}}})").messages ==
          Messages{"\"0s\" is out of range: it must be above 0s and at most 60s"});
}

TEST_CASE("unknown names are answered with the nearest known one") {
    const Read key = read_everything(R"({"tiem": "1s"})");
    CHECK(key.messages == Messages{"unknown key \"tiem\""});
    CHECK(key.hints[0] == "did you mean \"time\"?");
    CHECK(read_everything(R"({"scope": "grop"})").hints[0] == "did you mean \"group\"?");
    CHECK(read_everything(R"({"either": "iner"})").hints[0] == "did you mean \"inner\"?");
    CHECK(read_everything(R"({"either": {"iner": {}}})").hints[0] == "did you mean \"inner\"?");
}

TEST_CASE("an object that is missing is told with what must be in it") {
    CHECK(read_everything(R"({"either": {"needy": "1s"}})").messages ==
          Messages{"expected an object with \"wait\", found the text \"1s\""});
    CHECK(read_everything(R"({"either": {"inner": 1}})").messages ==
          Messages{"expected an object, found the number 1"});
}

TEST_CASE("one of several is exactly one") {
    CHECK(read_everything(R"({"either": {}})").messages ==
          Messages{"expected an object with exactly one kind in it, found 0 of them"});
    CHECK(read_everything(R"({"either": {"inner": {}, "needy": {"wait": "1s"}}})").messages ==
          Messages{"expected an object with exactly one kind in it, found 2 of them"});
    CHECK(read_everything(R"({"either": "needy"})").messages == Messages{"\"needy\" needs \"wait\""});
    CHECK(read_everything(R"({"either": {"needy": {}}})").messages == Messages{"\"wait\" is missing: a time"});
}

TEST_CASE("a struct's own rule is told at the field, and only when its fields could be read") {
    CHECK(read_everything(R"({"whole": 6, "flag": true})").messages == Messages{"six is too much with the flag"});
    CHECK(read_everything(R"({"whole": 6, "flag": true, "x": 1})").messages == Messages{"unknown key \"x\""});
}

TEST_CASE("all mistakes are found in one pass, in the order of the text") {
    CHECK(read_everything(R"({"list": [{"needy": {}}, "x"], "time": 1, "whole": 0.5})").messages ==
          Messages{"\"wait\" is missing: a time", "unknown name \"x\"",
                   "expected a duration, found the number 1 without a unit",
                   "expected a whole number, found the number 0.5"});
}

TEST_CASE("the shape knows the same fields, and its defaults are read back as the defaults") {
    const Shape shape = shape_of<Everything>();
    REQUIRE(shape.properties.size() == 14);
    CHECK(shape.find("either")->fallback.dump() == R"({"inner":{"small":9}})");
    CHECK(shape.find("maybe")->fallback.is_null());
    const Read again = read_everything(written(Everything{}).dump());
    CHECK(again.messages == Messages{});
    CHECK(written(again.value) == written(Everything{}));
}

TEST_CASE("parameters are described by the same table") {
    const auto list = parameters_of<Everything>();
    const auto find = [&](std::string_view name) {
        return *std::find_if(list.begin(), list.end(), [&](const ParameterText& p) { return p.name == name; });
    };
    CHECK(find("time").type == "duration");
    CHECK(find("time").default_value == "1s");
    CHECK(find("time").range == "from 0s to 1h");
    CHECK(find("scope").type == "client | group | all");
    CHECK(find("nested.small").default_value == "7");
    CHECK(find("nested.small").range == "from 0 to 255");
    CHECK(find("maybe").default_value == "none");
    CHECK(find("either").type == "inner | needy");
}
