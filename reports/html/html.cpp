#include "reports/html/html.hpp"

#include <fmt/format.h>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"

namespace stampede::reports {
namespace {

std::string name_of(const Report& report) {
    const auto name = report.scenario.is_object() ? report.scenario.find("name") : report.scenario.end();
    return name != report.scenario.end() && name->is_string() ? name->get<std::string>() : "Stampede";
}

std::string head(const Report& report, const Assets& assets) {
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"Stampede {}\">\n"
        "<link rel=\"icon\" href=\"data:,\">\n<title>{} – Stampede</title>\n<style>{}</style>\n</head>\n",
        html::escape(report.version), html::escape(name_of(report)), assets.style);
}

/// A link for every part that there is.
std::string contents(const std::string& body) {
    constexpr std::pair<std::string_view, std::string_view> parts[] = {
        {"comparison", "Numbers"}, {"herd", "Herd"},          {"attempts", "Attempts"},     {"jitter", "Jitter"},
        {"breakers", "Breakers"},  {"latency", "Latency"},    {"services", "Services"},     {"tiers", "Tiers"},
        {"seeds", "Seeds"},        {"drawn", "Drawn faults"}, {"thresholds", "Thresholds"}, {"scenario", "Scenario"}};
    std::string out = "<nav aria-label=\"Parts\">";
    for (const auto& [id, name] : parts)
        if (body.find(fmt::format("<section id=\"{}\"", id)) != std::string::npos)
            out += fmt::format("<a href=\"#{}\">{}</a>\n", id, name);
    return out + "</nav>\n";
}

}  // namespace

std::string render_html(const Report& report) { return render_html(report, embedded_assets()); }

std::string render_html(const Report& report, const Assets& assets) {
    std::string body;
    for (const auto part : {html::comparison_section, html::herd_section, html::attempts_section, html::jitter_section,
                            html::breaker_section, html::latency_section, html::service_section, html::tier_section,
                            html::seeds_section, html::drawn_section, html::threshold_section, html::scenario_section})
        body += part(report);
    return head(report, assets) + "<body>\n<header>\n" + html::verdict_section(report) + contents(body) +
           "</header>\n<main>\n" + body +
           "</main>\n<footer><details><summary>Licences of what is inside this page</summary>\n<pre tabindex=\"0\">" +
           html::escape_lines(assets.licences) + "</pre></details></footer>\n<script>" + std::string(assets.script) +
           "</script>\n</body>\n</html>\n";
}

}  // namespace stampede::reports
