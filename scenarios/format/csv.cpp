/// Debian's readers for C++ (fast-cpp-csv-parser) say the line of a mistake, not its column; this one gives every cell
/// its place.

#include "scenarios/format/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/format/quantity.hpp"

namespace stampede::scenarios {
namespace {

struct Cell {
    std::string text;
    Span span;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// The cells of one line after the other.
class CsvLines {
public:
    CsvLines(const Source& source, Mistakes& mistakes) : source_(source), text_(source.text), mistakes_(mistakes) {
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (text_.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    }

    /// False at the end of the file, and after a mistake in the quotes.
    [[nodiscard]] bool next(std::vector<Cell>& cells) {
        cells.clear();
        skip_lines();
        if (at_ >= text_.size()) return false;
        do {
            if (!cells.empty()) ++at_;  // the comma
            if (!take_cell(cells.emplace_back())) return false;
        } while (at_ < text_.size() && text_[at_] == ',');
        if (at_ < text_.size()) ++at_;
        return true;
    }

private:
    [[nodiscard]] std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }

    /// Past empty lines and comments.
    void skip_lines() {
        while (at_ < text_.size()) {
            const std::string_view line = text_.substr(at_, line_end() - at_);
            const bool empty = line.find_first_not_of(" \t\r") == std::string_view::npos;
            if (!empty && line[0] != '#') return;
            at_ = std::min(line_end() + 1, text_.size());
        }
    }

    /// Leaves `at_` at the comma or the line's end.
    bool take_cell(Cell& cell) {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
        if (at_ < text_.size() && text_[at_] == '"') return take_quoted(cell);
        std::size_t end = std::min(text_.find(',', at_), line_end());
        cell.span = {at_, end};
        at_ = end;
        while (cell.span.end > cell.span.begin &&
               (is_blank(text_[cell.span.end - 1]) || text_[cell.span.end - 1] == '\r'))
            --cell.span.end;
        cell.text = text_.substr(cell.span.begin, cell.span.end - cell.span.begin);
        return true;
    }

    /// A quote inside is written twice.
    bool take_quoted(Cell& cell) {
        cell.span.begin = at_++;
        for (;;) {
            const std::size_t quote = text_.find('"', at_);
            if (quote == std::string_view::npos)
                return refuse({cell.span.begin, cell.span.begin + 1}, "a quote that nothing closes");
            cell.text += text_.substr(at_, quote - at_);
            at_ = quote + 1;
            if (at_ >= text_.size() || text_[at_] != '"') break;
            cell.text += '"';
            ++at_;
        }
        cell.span.end = at_;
        while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '\r')) ++at_;
        if (at_ == text_.size() || text_[at_] == ',' || text_[at_] == '\n') return true;
        return refuse({at_, at_ + 1}, "expected a comma or the end of the line after the closing quote");
    }

    bool refuse(Span span, std::string message) {
        mistakes_.add(source_, span, std::move(message), "a quote inside a cell is written twice: \"\"");
        return false;
    }

    const Source& source_;
    std::string_view text_;
    Mistakes& mistakes_;
    std::size_t at_ = 0;
};

struct Column {
    std::string name;
    std::string unit;  ///< of bare numbers; empty where each value says its own
    Span span;
};

/// "time (s)": a name as settings have them, and a unit in brackets or none.
std::optional<Column> parse_column(const Cell& cell) {
    Column column{cell.text, {}, cell.span};
    if (const auto open = cell.text.find('('); open != std::string::npos) {
        if (!cell.text.ends_with(')')) return std::nullopt;
        column.unit = cell.text.substr(open + 1, cell.text.size() - open - 2);
        if (!parse_duration("1" + column.unit) && !parse_rate("1" + column.unit)) return std::nullopt;
        column.name.erase(cell.text.find_last_not_of(" \t", open - 1) + 1);
    }
    const auto in_name = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    if (column.name.empty() || !std::all_of(column.name.begin(), column.name.end(), in_name)) return std::nullopt;
    return column;
}

class CsvReader {
public:
    CsvReader(const Source& source, Mistakes& mistakes)
        : source_(source), mistakes_(mistakes), lines_(source, mistakes) {}

    std::optional<Node> read() {
        const std::size_t mistakes_before = mistakes_.count();
        if (!read_columns()) return std::nullopt;
        Node list = node(Node::Kind::list, {0, source_.text.size()});
        while (!mistakes_.full() && lines_.next(cells_)) {
            if (list.children.size() == max_csv_rows) {
                mistakes_.add(source_, cells_.front().span,
                              fmt::format("more than {} lines of values: leave some out, or count like ones together",
                                          max_csv_rows));
                break;
            }
            add_line(list);
        }
        if (mistakes_.count() != mistakes_before) return std::nullopt;
        return list;
    }

private:
    [[nodiscard]] Node node(Node::Kind kind, Span span) const {
        Node result;
        result.kind = kind;
        result.span = result.key_span = span;
        result.source = &source_;
        return result;
    }

    bool read_columns() {
        constexpr std::string_view hint = "the first line names the columns, as in: time (s),rate (/s)";
        const std::size_t mistakes_before = mistakes_.count();
        if (!lines_.next(cells_)) {
            if (mistakes_.count() == mistakes_before)
                mistakes_.add(source_, {0, 0}, "the file is empty", std::string(hint));
            return false;
        }
        if (cells_.size() > max_csv_columns) {
            mistakes_.add(source_, cells_[max_csv_columns].span, fmt::format("more than {} columns", max_csv_columns));
            return false;
        }
        for (const Cell& cell : cells_) {
            auto column = parse_column(cell);
            if (!column)
                mistakes_.add(source_, cell.span,
                              fmt::format("expected the name of a column, found {}", in_quotes(cell.text)),
                              fmt::format("{}; units: {} {}", hint, duration_units, rate_units));
            else
                columns_.push_back(std::move(*column));
        }
        return columns_.size() == cells_.size();
    }

    void add_line(Node& list) {
        if (cells_.size() != columns_.size()) {
            mistakes_.add(source_, {cells_.front().span.begin, cells_.back().span.end},
                          fmt::format("expected {} value{}, found {}", columns_.size(), columns_.size() == 1 ? "" : "s",
                                      cells_.size()));
            return;
        }
        if (columns_.size() == 1) {
            list.children.push_back(value(cells_[0], columns_[0]));
            return;
        }
        Node& line =
            list.children.emplace_back(node(Node::Kind::object, {cells_.front().span.begin, cells_.back().span.end}));
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (cells_[i].text.empty()) continue;
            line.children.push_back(value(cells_[i], columns_[i]));
            line.children.back().key = columns_[i].name;
            line.children.back().key_span = columns_[i].span;
        }
    }

    [[nodiscard]] Node value(const Cell& cell, const Column& column) {
        const auto number = parse_number(cell.text);
        if (column.unit.empty()) {
            Node result = node(number ? Node::Kind::number : Node::Kind::string, cell.span);
            result.text = cell.text;
            return result;
        }
        Node result = node(Node::Kind::string, cell.span);
        if (!number)
            mistakes_.add(source_, cell.span, fmt::format("expected a number, found {}", in_quotes(cell.text)),
                          fmt::format("the column's unit is {} already", column.unit));
        else
            result.text = with_unit(*number, column.unit);
        return result;
    }

    /// Measured times have more digits than a nanosecond is worth.
    static std::string with_unit(double number, const std::string& unit) {
        const auto one = parse_duration("1" + unit);
        if (!one || number < 0) return text_of(number) + unit;
        return text_of(from_seconds(number * to_seconds(*one)));
    }

    const Source& source_;
    Mistakes& mistakes_;
    CsvLines lines_;
    std::vector<Cell> cells_;
    std::vector<Column> columns_;
};

}  // namespace

std::optional<Node> parse_csv(const Source& source, Mistakes& mistakes) { return CsvReader(source, mistakes).read(); }

}  // namespace stampede::scenarios
