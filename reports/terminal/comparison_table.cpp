#include <algorithm>

#include "reports/ranking.hpp"
#include "reports/terminal/sections.hpp"
#include "reports/text/quantity.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

constexpr std::size_t indent = 2;
constexpr std::size_t gap = 1;  ///< beside the two columns of the mark
constexpr std::size_t longest_name = 24;

struct Cell {
    std::string text;
    Standing standing = Standing::unmarked;
};

/// One metric of one question, over all variants.
struct Row {
    std::string_view group;
    std::string label;
    std::vector<Cell> cells;
};

std::vector<Row> make_rows(const Report& report, const Page& page) {
    std::vector<Row> rows;
    for (const Question& group : page.groups())
        for (Metric metric : group.metrics) {
            Row row{group.title, std::string(info(metric).name), {}};
            bool has_value = false;
            for (const Summary& variant : report.variants) {
                const Quantity* q = variant.find(metric);
                has_value |= q && q->estimate.has_value();
                row.cells.push_back({readable(q ? q->estimate : Estimate{}, info(metric).unit)});
            }
            if (!has_value) continue;
            if (const auto ranking = rank(report.variants, metric))
                for (std::size_t i = 0; i < row.cells.size(); ++i) row.cells[i].standing = ranking->standings[i];
            rows.push_back(std::move(row));
        }
    return rows;
}

/// Mark and number in `width` columns.
std::string draw(const Cell& cell, std::size_t width, const Paint& paint) {
    const std::string number = pad_left(cell.text, width - 2);
    switch (cell.standing) {
        case Standing::best:
            return paint(Colour::good, number + " *");
        case Standing::tied:
            return number + paint(Colour::dim, " ~");
        case Standing::unmarked:
            break;
    }
    return number + "  ";
}

std::size_t width_of(const std::vector<Row>& rows, std::size_t variant, const std::string& name) {
    std::size_t width = columns(name);
    for (const Row& row : rows) width = std::max(width, columns(row.cells[variant].text));
    return width + 2;
}

std::string without_trailing_spaces(std::string line) {
    line.erase(line.find_last_not_of(' ') + 1);
    return line + '\n';
}

class Layout {
public:
    Layout(const Report& report, const Page& page) : page_(page), rows_(make_rows(report, page)) {
        for (const Row& row : rows_) label_ = std::max(label_, columns(row.label) + indent);
        for (std::size_t i = 0; i < report.variants.size(); ++i) {
            names_.push_back(shorten(plain(report.variants[i].name), longest_name));
            widths_.push_back(width_of(rows_, i, names_.back()));
        }
    }

    [[nodiscard]] std::string draw_all() const {
        std::string out;
        if (rows_.empty()) return out;
        for (std::size_t first = 0; first < names_.size();) {
            const std::size_t last = end_of_block(first);
            if (first > 0) out += '\n';
            out += draw_block(first, last);
            first = last;
        }
        return out;
    }

    [[nodiscard]] std::string legend() const {
        for (const Row& row : rows_)
            for (const Cell& cell : row.cells)
                if (cell.standing != Standing::unmarked)
                    return wrap("* best; ~ not shown to differ from the best (paired test, 5 % level)", page_.width);
        return {};
    }

private:
    /// As many variants as fit, but at least one.
    [[nodiscard]] std::size_t end_of_block(std::size_t first) const {
        std::size_t used = label_ + gap + widths_[first];
        std::size_t last = first + 1;
        while (last < names_.size() && (page_.has_wide_table || used + gap + widths_[last] <= page_.width))
            used += gap + widths_[last++];
        return last;
    }

    [[nodiscard]] std::string draw_block(std::size_t first, std::size_t last) const {
        std::string header(label_, ' ');
        for (std::size_t i = first; i < last; ++i) {
            header.append(gap, ' ');
            header += page_.paint(Colour::bold, pad_left(names_[i], widths_[i] - 2)) + "  ";
        }
        std::string out = without_trailing_spaces(header);
        std::string_view group;
        for (const Row& row : rows_) {
            if (row.group != group) out += page_.paint(Colour::bold, row.group) + '\n';
            group = row.group;
            std::string line = pad_right(std::string(indent, ' ') + row.label, label_);
            for (std::size_t i = first; i < last; ++i) {
                line.append(gap, ' ');
                line += draw(row.cells[i], widths_[i], page_.paint);
            }
            out += without_trailing_spaces(line);
        }
        return out;
    }

    const Page& page_;
    std::vector<Row> rows_;
    std::size_t label_ = 0;
    std::vector<std::string> names_;
    std::vector<std::size_t> widths_;
};

}  // namespace

std::string comparison_table(const Report& report, const Page& page) {
    const Layout layout(report, page);
    return layout.draw_all() + layout.legend();
}

}  // namespace stampede::reports
