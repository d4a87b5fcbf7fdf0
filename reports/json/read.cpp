#include "reports/json/read.hpp"

#include <fmt/format.h>

#include "reports/json/fields.hpp"
#include "reports/json/read_variant.hpp"
#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/parse.hpp"

namespace stampede::reports {
namespace {

using scenarios::Node;

void expect_report(const Node& root) {
    const Node* version = root.find("stampede");
    if (!version) refuse(root, "expected a report of stampede, which begins with \"stampede\": 1");
    if (whole(*version) > static_cast<std::uint64_t>(format_version))
        refuse(*version, fmt::format("a newer stampede made this report: its format is {}, this program reads up to {}",
                                     version->text, format_version));
    if (!root.find("scenario") && root.find("services"))
        refuse(root, "expected a report, this is a scenario; `stampede run FILE -o REPORT.json` makes one of it");
}

ThresholdResult threshold(const Node& node) {
    return {text(member(node, "variant")), text(member(node, "metric")), text(member(node, "condition")),
            number(member(node, "value")), flag(member(node, "passed"))};
}

Width width(const Node& node) {
    const Node& name = member(node, "metric");
    const auto metric = find_metric(text(name));
    if (!metric) refuse(name, fmt::format("unknown metric {}", scenarios::in_quotes(text(name))));
    return {text(member(node, "variant")), *metric, number(member(node, "relative_half_width"))};
}

Precision precision(const Node& node) {
    return {number(member(node, "target")), whole(member(node, "most_seeds")), list_of(member(node, "widths"), width)};
}

Environment environment(const Node& node) {
    Environment e;
    e.seconds = number(member(node, "seconds"));
    if (const Node* runs = node.find("run_seconds")) e.run_seconds = number(*runs);
    e.parallel = static_cast<unsigned>(whole(member(node, "parallel"), UINT32_MAX));
    e.attempts_per_s = number(member(node, "attempts_per_s"));
    e.events_per_s = number(member(node, "events_per_s"));
    e.peak_rss_mib = number(member(node, "peak_rss_mib"));
    return e;
}

Report report(const Node& root) {
    expect_report(root);
    Report report;
    report.version = text(member(root, "version"));
    report.command = text(member(root, "command"));
    (void)members(member(root, "scenario"));
    report.scenario = to_json(member(root, "scenario"));
    report.seeds = list_of(member(root, "seeds"), [](const Node& seed) { return whole(seed); });
    report.interrupted = flag(member(root, "interrupted"));
    report.variants = list_of(member(root, "variants"), read_variant);
    if (report.variants.empty()) refuse(member(root, "variants"), "expected at least one variant");
    report.comparisons = compare_all(report.variants);
    report.thresholds = list_of(member(root, "thresholds"), threshold);
    if (const Node* goal = root.find("precision")) report.precision = precision(*goal);
    if (const Node* machine = root.find("environment")) report.environment = environment(*machine);
    return report;
}

std::optional<Report> read(const scenarios::Source& source, scenarios::Mistakes& mistakes) {
    const scenarios::Span all{0, source.text.size()};
    if (source.text.size() > max_report_bytes) {
        mistakes.add(source, {0, 1}, fmt::format("larger than {} bytes, which no report is", max_report_bytes));
        return std::nullopt;
    }
    const auto root = scenarios::parse_json(source, all, mistakes, max_report_values);
    if (!root) return std::nullopt;
    try {
        return report(*root);
    } catch (const Misfit& misfit) {
        mistakes.add(*misfit.node, misfit.message);
        return std::nullopt;
    }
}

}  // namespace

std::optional<Report> read_report(std::string text, std::string name, scenarios::Diagnostics& diagnostics) {
    const scenarios::Source source{std::move(name), std::move(text)};
    scenarios::Mistakes mistakes;
    auto report = read(source, mistakes);
    mistakes.move_to(diagnostics);
    return report;
}

}  // namespace stampede::reports
