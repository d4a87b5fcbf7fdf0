#include <fmt/format.h>

#include <cctype>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"
#include "reports/json/layout.hpp"
#include "reports/settings.hpp"
#include "reports/text/quantity.hpp"

namespace stampede::reports::html {
namespace {

using Json = nlohmann::ordered_json;

/// The scenario with its variants, wherever these came from: enough to make the report again.
Json whole_scenario(const Report& report) {
    Json scenario = report.scenario;
    if (report.variants.size() < 2 || !scenario.is_object()) return scenario;
    for (const Summary& variant : report.variants) {
        Json& set = scenario["variants"][variant.name] = Json::object();
        for (const scenarios::Override& each : variant.overrides) set[each.path] = setting_value(each);
    }
    return scenario;
}

/// As it was given, where the report knows it; else by the scenario below.
std::string command_for(const Report& report) {
    if (!report.command.empty()) return report.command;
    return fmt::format("stampede {} scenario.json --seeds {}..{} -o report.html",
                       report.variants.size() > 1 ? "compare" : "run", report.seeds.front(), report.seeds.back());
}

std::string percent_encoded(const std::string& text) {
    std::string out;
    for (char c : text)
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.')
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    return out;
}

std::string machine(const Environment& e) {
    return fmt::format(
        "<p class=\"note\">Took {} with {} runs side by side: {} attempts and {} events; {:.0f} MiB for the "
        "largest run.</p>\n",
        readable(e.seconds, Unit::seconds), e.parallel, readable(e.attempts_per_s, Unit::per_second),
        readable(e.events_per_s, Unit::per_second), e.peak_rss_mib);
}

}  // namespace

std::string scenario_section(const Report& report) {
    if (report.scenario.is_null() || report.seeds.empty()) return {};
    const std::string text = lay_out(whole_scenario(report));
    return section(
        "scenario", "Make this report again",
        fmt::format(
            "With Stampede {}. The scenario below, with its variants, can also be <a download=\"scenario.json\" "
            "href=\"data:application/json;charset=utf-8,{}\">saved from here</a>.",
            escape(report.version), percent_encoded(text)),
        fmt::format(
            "<pre class=\"command\" tabindex=\"0\"><code>{}</code></pre>\n<details><summary>The scenario as it was "
            "run</summary>\n<pre tabindex=\"0\"><code>{}</code></pre></details>\n{}",
            escape(command_for(report)), escape_lines(text), report.environment ? machine(*report.environment) : ""));
}

}  // namespace stampede::reports::html
