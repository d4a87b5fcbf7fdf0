#include "reports/terminal/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/terminal/sections.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

constexpr std::size_t narrowest = 60;

std::string text_at(const nlohmann::ordered_json& json, const char* pointer) {
    const nlohmann::ordered_json::json_pointer place{pointer};
    if (!json.contains(place) || !json.at(place).is_string()) return {};
    return plain(json.at(place).get<std::string>());
}

std::string counted(std::size_t n, std::string_view thing) {
    return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

std::string heading(const Report& report, const Page& page) {
    const std::string name = text_at(report.scenario, "/name");
    const std::string description = text_at(report.scenario, "/description");
    const std::string duration = text_at(report.scenario, "/run/duration");
    std::string out;
    if (!name.empty()) out += page.paint(Colour::bold, shorten(name, page.width)) + '\n';
    if (!description.empty()) out += wrap(description, page.width);
    std::string how = counted(report.seeds.size(), "seed");
    if (report.variants.size() > 1) how += ", " + counted(report.variants.size(), "variant");
    if (!duration.empty()) how += ", " + duration + " simulated each";
    if (report.seeds.size() > 1) how += "; mean ± half the width of the 95 % interval over the seeds";
    if (report.precision) how += ". " + precision_sentence(*report.precision, report.seeds.size());
    return out + wrap(how, page.width);
}

/// Which runs the numbers do not rest on.
std::string gaps(const Report& report, const Page& page) {
    std::string out;
    for (const Summary& variant : report.variants)
        for (const StoppedRun& run : variant.stopped) out += wrap(plain(stop_sentence(variant, run)), page.width);
    for (const Summary& variant : report.variants)
        if (variant.seeds.size() < report.seeds.size())
            out += wrap(fmt::format("{}: only {} of {} seeds finished", plain(variant.name), variant.seeds.size(),
                                    report.seeds.size()),
                        page.width);
    return out;
}

}  // namespace

std::string render_terminal(const Report& report, const TerminalOptions& options) {
    const Page page{std::max(options.width, narrowest), Paint{options.colour}, options.has_wide_table, options.metrics};
    const bool compares = report.variants.size() > 1;
    std::string out = heading(report, page) + gaps(report, page);
    for (const std::string& section :
         {compares ? comparison_table(report, page) : single_table(report, page), arrivals_plot(report, page),
          drawn_faults(report, page), verdict_text(report, page), threshold_table(report, page)})
        if (!section.empty()) out += '\n' + section;
    return out;
}

}  // namespace stampede::reports
