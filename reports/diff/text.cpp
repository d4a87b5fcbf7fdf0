#include <fmt/format.h>

#include <algorithm>

#include "reports/diff/render.hpp"
#include "reports/diff/words.hpp"
#include "reports/terminal/paint.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

constexpr std::size_t narrowest = 60;

class Text {
public:
    Text(const DiffReport& report, std::size_t width, bool colour) : report_(report), width_(width), paint_(colour) {}

    std::string all() {
        out_ += wrap(fmt::format("{} against {}: {}", plain(report_.after), plain(report_.before), outcome(report_)),
                     width_);
        if (report_.diff.version_before != report_.diff.version_after)
            line(fmt::format("made by stampede {} and {}", plain(report_.diff.version_after),
                             plain(report_.diff.version_before)));
        for (const std::string& each : one_sided_variants(report_)) line(each);
        if (!report_.diff.settings.empty()) {
            title("Settings");
            settings(report_.diff.settings);
        }
        if (!report_.diff.is_empty())
            for (const VariantDiff& variant : report_.diff.variants) one(variant);
        return std::move(out_);
    }

private:
    void title(std::string_view text) { out_ += '\n' + paint_(Colour::bold, text) + '\n'; }
    void line(const std::string& text) { out_ += wrap(text, width_, 2); }
    void indented(const std::string& text) { out_ += wrap_at("  ", text, width_); }

    void settings(const std::vector<SettingChange>& changes) {
        for (const SettingChange& change : changes) indented(plain(change.path) + ": " + change_text(change));
    }

    void one(const VariantDiff& variant) {
        title(fmt::format("Variant {}", plain(variant.name)));
        settings(variant.settings);
        table(moved_rows(variant, report_.tolerance));
        for (const std::string& each : one_sided(report_, variant)) indented(each);
        if (const std::string rest = unmoved_sentence(variant); !rest.empty()) indented(rest);
        if (const std::string rule = rule_sentence(variant, report_.diff.tests); !rule.empty()) indented(rule);
    }

    [[nodiscard]] std::string mark(const MetricChange& change) const {
        const std::string word = pad_right(verdict_of(change), 6);
        if (change.is_worse()) return paint_(Colour::bad, "✗ " + word);
        if (change.is_better()) return paint_(Colour::good, "✓ " + word);
        return "· " + word;
    }

    /// What does not fit beside goes below.
    void table(const std::vector<MovedRow>& rows) {
        std::size_t name = 0;
        std::size_t values = 0;
        std::size_t difference = 0;
        const auto values_of = [](const MovedRow& row) { return row.before + " → " + row.after; };
        for (const MovedRow& row : rows) {
            name = std::max(name, columns(info(row.change->metric).name));
            values = std::max(values, columns(values_of(row)));
            difference = std::max(difference, columns(row.difference));
        }
        for (const MovedRow& row : rows) {
            const std::string evidence = pad_right(row.difference, difference) + "  " + row.evidence;
            const std::string detail = row.difference.empty() ? row.evidence : row.difference + ", " + row.evidence;
            const std::size_t taken = margin + name + 2 + values;
            out_ += "  " + mark(*row.change) + "  " + pad_right(std::string(info(row.change->metric).name), name);
            if (taken + 2 + columns(evidence) <= width_)
                out_ += "  " + pad_right(values_of(row), values) + "  " + evidence + '\n';
            else if (taken <= width_)
                out_ += "  " + values_of(row) + '\n' + below(detail);
            else
                out_ += '\n' + below(values_of(row) + ", " + detail);
        }
    }

    [[nodiscard]] std::string below(const std::string& text) const {
        return wrap_at(std::string(margin, ' '), text, width_);
    }

    static constexpr std::size_t margin = 12;  ///< in front of a metric's name: "  ✗ worse   "

    const DiffReport& report_;
    std::size_t width_;
    Paint paint_;
    std::string out_;
};

}  // namespace

std::string render_diff_text(const DiffReport& report, std::size_t width, bool colour) {
    return Text(report, std::max(width, narrowest), colour).all();
}

}  // namespace stampede::reports
