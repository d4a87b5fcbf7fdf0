#include "scenarios/format/files.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "scenarios/format/reader.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;
using namespace std::chrono_literals;

namespace {

/// Files in memory, of a scenario in the folder "there".
struct MadeUpFiles final : Files {
    explicit MadeUpFiles(std::map<std::string, std::string> texts) : Files("there/s.json"), texts_(std::move(texts)) {}
    void load(Entry& entry) const override {
        ++loaded;
        const auto found = texts_.find(entry.source.name);
        if (found != texts_.end()) {
            entry.source.text = found->second;
        } else {
            entry.problem = Cause::missing_file;
            entry.why = "there is no file \"" + entry.source.name + '"';
        }
    }
    mutable int loaded = 0;

private:
    std::map<std::string, std::string> texts_;
};

const std::string with_times = changed(R"({ "lognormal": { "median": "20ms", "p99": "120ms" } })",
                                       R"({ "empirical": { "values": { "file": "times.csv" } } })");

struct FileReadings {
    std::shared_ptr<MadeUpFiles> files;
    std::optional<Document> document;
    std::optional<Scenario> scenario;
    Diagnostics diagnostics;

    FileReadings(const std::string& text, std::map<std::string, std::string> texts)
        : files(std::make_shared<MadeUpFiles>(std::move(texts))) {
        document = Document::parse(text, "there/s.json", diagnostics, files);
        REQUIRE(document);
        scenario = document->read(diagnostics);
    }
};

}  // namespace

TEST_CASE("a list may stand in a file beside the scenario") {
    const FileReadings reading(with_times, {{"there/times.csv", "value (ms)\n10\n30\n"}});
    INFO(render(reading.diagnostics));
    REQUIRE(reading.scenario);
    const auto& time = std::get<EmpiricalTime>(reading.scenario->services[0].value.service_time);
    CHECK(time.values == std::vector<Duration>{10ms, 30ms});
    CHECK(mean_of(time) == Approx(0.02));
}

TEST_CASE("a report quotes what the file held and each file is read once") {
    const FileReadings reading(with_times, {{"there/times.csv", "value\n10ms\n"}});
    const auto json = reading.document->json();
    CHECK(json["services"]["payments"]["service_time"]["empirical"]["values"].dump() == R"(["10ms"])");
    Diagnostics more;
    const auto changed_later = reading.document->with({{"network.latency", "1ms"}}, more);
    REQUIRE(changed_later);
    CHECK(changed_later->read(more));
    CHECK(reading.files->loaded == 1);
    CHECK(Document::parse(json.dump(), "elsewhere.json", more)->read(more));
}

TEST_CASE("a mistake in a file is told in that file like one in the scenario") {
    const FileReadings reading(with_times, {{"there/times.csv", "value\n10ms\n20\n-1ms\n"}});
    CHECK_FALSE(reading.scenario);
    REQUIRE(reading.diagnostics.size() == 2);
    CHECK(reading.diagnostics[0].source == "there/times.csv");
    CHECK(reading.diagnostics[0].line == 3);
    CHECK(reading.diagnostics[0].message == "expected a duration, found the number 20 without a unit");
    CHECK(reading.diagnostics[1].line == 4);
    CHECK(reading.diagnostics[1].cause == Cause::what_is_written);
}

TEST_CASE("a file that is not there is told where it is named") {
    const FileReadings reading(with_times, {});
    REQUIRE(reading.diagnostics.size() == 1);
    const Diagnostic& d = reading.diagnostics[0];
    CHECK(d.source == "there/s.json");
    CHECK(underlined(d) == "\"times.csv\"");
    CHECK(d.message == "there is no file \"there/times.csv\"");
    CHECK(d.cause == Cause::missing_file);
}

TEST_CASE("an override may name a file too") {
    Diagnostics diagnostics;
    const auto files = std::make_shared<MadeUpFiles>(std::map<std::string, std::string>{{"there/t.csv", "value\n7ms"}});
    const auto document = Document::parse(example, "there/s.json", diagnostics, files);
    const auto with_file = document->with(
        {{"services.payments.service_time", R"({"empirical": {"values": {"file": "t.csv"}}})"}}, diagnostics);
    REQUIRE(with_file);
    const auto scenario = with_file->read(diagnostics);
    REQUIRE(scenario);
    CHECK(mean_of(scenario->services[0].value.service_time) == Approx(0.007));
}

TEST_CASE("a file in another language is taken in as text") {
    const Source source{"s.json", "{}", 0};
    Node root = to_node(nlohmann::ordered_json::parse(R"({"platform": {"file": "c.xml"}})"), source, {0, 2});
    MadeUpFiles files{std::map<std::string, std::string>{{"there/c.xml", "<platform/>"}}};
    Mistakes mistakes;
    expand_files(root, files, mistakes);
    CHECK(to_json(root).dump() == R"({"platform":{"file":"c.xml","text":"<platform/>"}})");
    TextFile file;
    read_value(*root.find("platform"), file, Limits{}, mistakes);
    CHECK(file.text == "<platform/>");
    expand_files(root, files, mistakes);  // as a report has it: the file is not asked again
    CHECK(files.loaded == 1);
    CHECK(mistakes.count() == 0);
}

TEST_CASE("a measured time may be counted instead of repeated") {
    const auto reading = [](const std::string& empirical) {
        return read(changed(R"({ "lognormal": { "median": "20ms", "p99": "120ms" } })", empirical));
    };
    const Reading counted = reading(
        R"({ "empirical": { "histogram": [ { "value": "10ms", "count": 3 }, { "value": "50ms", "count": 1 } ] } })");
    REQUIRE(counted.scenario);
    CHECK(mean_of(counted.scenario->services[0].value.service_time) == Approx(0.02));
    for (const char* wrong : {R"("empirical")", R"({ "empirical": {} })", R"({ "empirical": { "values": [] } })",
                              R"({ "empirical": { "histogram": [ { "value": "10ms", "count": 0 } ] } })",
                              R"({ "empirical": { "values": ["1ms"], "histogram": [ { "value": "10ms" } ] } })"}) {
        INFO(wrong);
        CHECK(reading(wrong).diagnostics.size() == 1);
    }
}
