#include "reports/trace/trace.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "reports/trace/lanes.hpp"
#include "tests/reports/golden.hpp"
#include "tests/reports/made_up.hpp"
#include "tests/reports/traps.hpp"

using namespace stampede;
using namespace stampede::reports;
using Json = nlohmann::json;

namespace {

struct Slice {
    std::int64_t begin;
    std::int64_t end;
};

/// Whether slices can be drawn as stacks: any two are apart, or one holds the other.
bool is_nested(std::vector<Slice> slices) {
    std::stable_sort(slices.begin(), slices.end(), [](const Slice& a, const Slice& b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::vector<std::int64_t> open;
    for (const Slice& slice : slices) {
        while (!open.empty() && open.back() <= slice.begin) open.pop_back();
        if (!open.empty() && slice.end > open.back()) return false;
        open.push_back(slice.end);
    }
    return true;
}

std::int64_t nanoseconds(const Json& microseconds) { return std::llround(microseconds.get<double>() * 1e3); }

}  // namespace

TEST_CASE("the trace") { check_golden("everything.trace.json", render_trace(made_up::everything())); }

TEST_CASE("every event has what viewers demand, and slices nest") {
    const Json trace = Json::parse(render_trace(made_up::everything_named(made_up::nasty)));
    std::map<std::pair<int, int>, std::vector<Slice>> tracks;
    for (const Json& event : trace.at("traceEvents")) {
        CAPTURE(event.dump());
        REQUIRE(event.at("ph").is_string());
        REQUIRE(event.at("name").is_string());
        REQUIRE(event.at("ts").is_number());
        REQUIRE(event.at("pid").is_number_unsigned());
        REQUIRE(event.at("tid").is_number_unsigned());
        const std::string phase = event.at("ph");
        CHECK((phase == "M" || phase == "X" || phase == "C"));
        if (phase != "X") continue;
        CHECK(event.at("dur").get<double>() >= 0);
        const std::int64_t begin = nanoseconds(event.at("ts"));
        tracks[{event.at("pid"), event.at("tid")}].push_back({begin, begin + nanoseconds(event.at("dur"))});
    }
    CHECK(tracks.size() > 3);
    for (const auto& [track, slices] : tracks) CHECK(is_nested(slices));
}

TEST_CASE("requests that overlap get tracks of their own, and keep what is theirs") {
    const Summary variant = made_up::everything().variants.front();
    const Tracks tracks = place(variant.trace);
    CHECK(tracks.names == std::vector<std::string>{"agent 0", "agent 0, also", "agent 3"});
    std::map<std::uint64_t, std::size_t> track_of;
    for (const PlacedSpan& placed : tracks.spans)
        CHECK(track_of.try_emplace(placed.span->request, placed.track).first->second == placed.track);
}

TEST_CASE("a wait that its request did not live to see ends with it") {
    const Summary variant = made_up::everything().variants.front();
    const Tracks tracks = place(variant.trace);
    CHECK(to_seconds(tracks.spans[6].span->end) == 2.8);
    CHECK(to_seconds(tracks.spans[6].end) == 1.5);
}

TEST_CASE("whatever spans a trace has, every track nests and nothing is lost") {
    CHECK(rc::check("random spans in the order of their beginnings", [] {
        const auto draws = *rc::gen::container<std::vector<std::tuple<int, int, int, int>>>(rc::gen::tuple(
            rc::gen::inRange(0, 4), rc::gen::inRange(0, 3), rc::gen::inRange(0, 5), rc::gen::inRange(0, 20)));
        sim::Trace trace;
        Instant now{};
        for (const auto& [kind, step, request, length] : draws) {
            now += Duration{step};
            trace.spans.push_back({static_cast<sim::SpanKind>(kind), static_cast<std::uint32_t>(request % 2),
                                   static_cast<std::uint64_t>(request), 1, now, now + Duration{length}, "x"});
        }
        const Tracks tracks = place(trace);
        RC_ASSERT(tracks.spans.size() == trace.spans.size());
        std::map<std::size_t, std::vector<Slice>> slices;
        for (const PlacedSpan& placed : tracks.spans) {
            RC_ASSERT(placed.end >= placed.span->begin);
            slices[placed.track].push_back(
                {placed.span->begin.time_since_epoch().count(), placed.end.time_since_epoch().count()});
        }
        for (const auto& [track, of_track] : slices) RC_ASSERT(is_nested(of_track));
    }));
}

TEST_CASE("a breaker's states follow each other from the start to the end of the run") {
    const Json trace = Json::parse(render_trace(made_up::everything()));
    double end = 0;
    std::vector<std::string> states;
    for (const Json& event : trace.at("traceEvents")) {
        if (event.at("ph") != "X" || event.at("pid") != 3) continue;
        CHECK(event.at("ts").get<double>() == end);
        end += event.at("dur").get<double>();
        states.push_back(event.at("name"));
    }
    CHECK(states == std::vector<std::string>{"closed", "open", "half_open", "closed"});
}
