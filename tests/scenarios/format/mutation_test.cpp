/// A thousand ways to spoil a scenario: each is read, or answered with mistakes that have a place in the text.

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "policies/random/stream.hpp"
#include "tests/fuzz/reader_properties.hpp"
#include "tests/scenarios/format/schema_validator.hpp"
#include "tests/scenarios/format/support.hpp"

using namespace stampede;
using namespace stampede::scenarios;

namespace {

/// What is put in place of something, or between two things.
const std::vector<std::string> bits = {"null",
                                       "true",
                                       "[]",
                                       "{}",
                                       "\"\"",
                                       "0",
                                       "-1",
                                       "0.5",
                                       "1e308",
                                       "1e999",
                                       "-0",
                                       "123456789012345678901234567890",
                                       "1e-320",
                                       "\"5\"",
                                       "\"0s\"",
                                       "\"-1s\"",
                                       "\"1h\"",
                                       "\"999999h\"",
                                       "\"1/s\"",
                                       "\"full\"",
                                       "\"retry\"",
                                       "\"payments\"",
                                       "{\"unknown\": 1}",
                                       "[[[[]]]]",
                                       "\xff",
                                       "\xc3",
                                       "\xed\xa0\x80",
                                       "\\",
                                       "\"",
                                       ",",
                                       ":",
                                       "{",
                                       "}",
                                       "[",
                                       "]",
                                       "//",
                                       "/*",
                                       "\r\n",
                                       "\t",
                                       std::string(1, '\0'),
                                       std::string(100, '['),
                                       std::string(5000, '9'),
                                       fmt::format("\"{:x>5000}\"", "")};

class Spoiler {
public:
    explicit Spoiler(std::uint64_t seed) : stream_(Stream::of(seed, 0, 0)) {}

    std::string spoil(std::string text) {
        const std::size_t times = 1 + below(3);
        for (std::size_t i = 0; i < times; ++i) once(text);
        return text;
    }

private:
    std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(stream_.bits() % n); }
    const std::string& bit() { return bits[below(bits.size())]; }

    void once(std::string& text) {
        const std::size_t at = below(text.size() + 1);
        switch (below(9)) {
            case 0:
                text.resize(at);
                break;
            case 1:
                text.erase(at, 1 + below(20));
                break;
            case 2:
                text.insert(at, bit());
                break;
            case 3:
                text.insert(at, text.substr(below(text.size()), below(60)));
                break;
            case 4:
                if (at < text.size()) text[at] = static_cast<char>(stream_.bits());
                break;
            case 5:
            case 6:
                replace_digit(text, at);
                break;
            default:
                replace_value(text, at);
                break;
        }
    }

    /// Still JSON, and often still a scenario.
    void replace_digit(std::string& text, std::size_t from) {
        const std::size_t at = text.find_first_of("123456789", from);
        if (at != std::string::npos) text[at] = static_cast<char>('1' + below(9));
    }

    /// Something else in place of the next value, key or word: mostly still JSON.
    void replace_value(std::string& text, std::size_t from) {
        const std::size_t begin = text.find_first_of("\"0123456789{[", from);
        if (begin == std::string::npos) return;
        const std::size_t end =
            text[begin] == '"' ? text.find('"', begin + 1) + 1 : text.find_first_of(",]} \n", begin + 1);
        if (end != 0 && end != std::string::npos) text.replace(begin, end - begin, bit());
    }

    Stream stream_;
};

}  // namespace

TEST_CASE("a spoiled scenario is read, or told what is wrong and where") {
    std::size_t readable = 0;
    const auto description = schema();
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const std::string text = Spoiler{seed}.spoil(example);
        const std::string broken = broken_by_reading(text);
        INFO("seed " << seed << "\n" << text);
        REQUIRE(broken == "");
        Diagnostics ignored;
        const auto document = Document::parse(text, "t", ignored);
        if (!document || !document->read(ignored)) continue;
        ++readable;
        REQUIRE(violation(description, document->json()) == "");  // the schema rejects nothing that is valid
    }
    CHECK(readable > 20);  // else the schema was hardly tried
    CHECK(readable < 900);
}

TEST_CASE("any value at any path is an override or a mistake") {
    const std::vector<std::string> paths = {"run",
                                            "run.bin",
                                            "services.payments",
                                            "services.payments.service_time.median",
                                            "policies.checkout",
                                            "policies.checkout.retry.backoff.max",
                                            "policies.checkout.bulkhead.scope",
                                            "policies.checkout[4].bulkhead.max_wait",
                                            "clients.web.load.open",
                                            "clients.web.load.rate",
                                            "faults",
                                            "faults[0]",
                                            "faults.outage.on",
                                            "thresholds",
                                            "thresholds.recovery.time",
                                            "variants",
                                            "$schema",
                                            "name"};
    for (const std::string& path : paths)
        for (const std::string& value : bits) {
            INFO(path << "=" << value);
            CHECK(broken_by_override(example, {path, value}) == "");
        }
}

TEST_CASE("what the fuzzer has found interesting holds") {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(STAMPEDE_CORPUS)) {
        std::stringstream text;
        text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        INFO(entry.path());
        const std::string all = text.str();
        const auto separator = all.find('\x1e');
        CHECK(broken_by_reading(all.substr(0, separator)) == "");
        ++count;
        if (separator == std::string::npos) continue;
        const std::string change = all.substr(separator + 1);
        const auto equals = std::min(change.find('='), change.size());
        const std::string value = equals < change.size() ? change.substr(equals + 1) : "";
        CHECK(broken_by_override(all.substr(0, separator), {change.substr(0, equals), value}) == "");
    }
    CHECK(count > 5);
}
