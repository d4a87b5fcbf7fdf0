#include <fmt/format.h>

#include "reports/diff/render.hpp"
#include "reports/diff/words.hpp"
#include "reports/markdown/escape.hpp"

namespace stampede::reports {
namespace {

using markdown::code;
using markdown::text;

std::string_view sign_of(const DiffReport& report) {
    return report.diff.has_worse_beyond(report.tolerance) ? "❌" : "✅";
}

std::string settings(const std::vector<SettingChange>& changes) {
    std::string out;
    for (const SettingChange& change : changes)
        out += fmt::format("- {}: {}\n", code(change.path), code(change_text(change)));
    return out;
}

std::string mark(const MetricChange& change) {
    if (change.is_worse()) return "❌ worse";
    return change.is_better() ? "✅ better" : verdict_of(change);
}

std::string table(const VariantDiff& variant, double tolerance) {
    const std::vector<MovedRow> rows = moved_rows(variant, tolerance);
    if (rows.empty()) return {};
    std::string out = "| | metric | before | after | difference | |\n|:--|:--|--:|--:|--:|:--|\n";
    for (const MovedRow& row : rows)
        out += fmt::format("| {} | `{}` | {} | {} | {} | {} |\n", mark(*row.change), info(row.change->metric).name,
                           text(row.before), text(row.after), text(row.difference), text(row.evidence));
    return out;
}

std::string section(const DiffReport& report, const VariantDiff& variant) {
    std::string out = fmt::format("\n### {}\n\n", code(variant.name));
    std::string what = settings(variant.settings);
    for (const std::string& line : one_sided(report, variant)) what += "- " + text(line) + '\n';
    if (!what.empty()) out += what + '\n';
    out += table(variant, report.tolerance);
    std::string rest = unmoved_sentence(variant);
    if (const std::string rule = rule_sentence(variant, report.diff.tests); !rule.empty())
        rest += (rest.empty() ? "" : " ") + rule;
    return rest.empty() ? out : out + (out.ends_with("\n\n") ? "" : "\n") + rest + '\n';
}

}  // namespace

std::string render_diff_markdown(const DiffReport& report) {
    std::string out = fmt::format("## Stampede: {} against {}\n\n{} **{}**\n", code(report.after), code(report.before),
                                  sign_of(report), outcome(report));
    if (report.diff.is_empty()) return out;
    std::string what = settings(report.diff.settings);
    for (const std::string& line : one_sided_variants(report)) what += "- " + text(line) + '\n';
    if (!what.empty()) out += "\n### What was changed\n\n" + what;
    for (const VariantDiff& variant : report.diff.variants) out += section(report, variant);
    return out;
}

}  // namespace stampede::reports
