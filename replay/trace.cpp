#include "replay/trace.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <string_view>

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::replay {
namespace {

using scenarios::in_quotes;
using scenarios::Mistakes;
using scenarios::Source;
using scenarios::Span;

constexpr std::string_view shape = "a line is: t_ms id ok|fail|slow|client_error duration_ms";

struct Word {
    std::string_view name;
    Outcome outcome;
};

/// Whether an answer was slow is for the policy to say, by its duration; the word tells the reader of the trace.
constexpr std::array<Word, 4> outcomes{{{"ok", Outcome::success},
                                        {"fail", Outcome::transient},
                                        {"slow", Outcome::success},
                                        {"client_error", Outcome::client_error}}};

class Reader {
public:
    Reader(const Source& source, Mistakes& mistakes) : source_(source), mistakes_(mistakes) {}

    Trace read() {
        const std::string_view text = source_.text;
        for (std::size_t begin = 0; begin < text.size() && !mistakes_.full();) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            line({begin, std::min(text.find('#', begin), end)});
            begin = end + 1;
        }
        return std::move(trace_);
    }

private:
    static constexpr std::string_view blanks = " \t\r\v\f";

    [[nodiscard]] std::string_view at(Span span) const {
        return std::string_view(source_.text).substr(span.begin, span.end - span.begin);
    }

    [[nodiscard]] std::vector<Span> words(Span line) const {
        std::vector<Span> found;
        const std::string_view text = at(line);
        for (std::size_t from = text.find_first_not_of(blanks); from != std::string_view::npos;) {
            const std::size_t to = std::min(text.find_first_of(blanks, from), text.size());
            found.push_back({line.begin + from, line.begin + to});
            from = text.find_first_not_of(blanks, to);
        }
        return found;
    }

    void line(Span span) {
        const std::vector<Span> word = words(span);
        if (word.empty()) return;
        if (word.size() != 4) {
            const std::string message = word.size() < 4 ? fmt::format("{} of four words", word.size())
                                                        : fmt::format("a fifth word {}", in_quotes(at(word[4])));
            return mistakes_.add(source_, word.size() < 4 ? Span{word[0].begin, word.back().end} : word[4], message,
                                 std::string(shape));
        }
        const auto t = milliseconds(word[0], "t_ms");
        const auto outcome = read_outcome(word[2]);
        const auto duration = milliseconds(word[3], "duration_ms");
        if (!t || !outcome || !duration) return;
        const Instant came = Instant{} + *t;
        if (!trace_.empty() && came < trace_.back().at)
            return mistakes_.add(source_, word[0], fmt::format("{} comes after a later call", at(word[0])),
                                 "calls stand in the order in which they came: sort -s -n -k1,1");
        trace_.push_back({came, std::string(at(word[1])), *outcome, *duration});
    }

    std::optional<Duration> milliseconds(Span span, std::string_view what) {
        const std::string_view text = at(span);
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && end == text.data() + text.size() && value >= 0 && value <= longest_ms)
            return std::chrono::milliseconds{value};
        mistakes_.add(source_, span, fmt::format("{} is no {}", in_quotes(text), what),
                      fmt::format("expected whole milliseconds from 0 to {}", longest_ms));
        return std::nullopt;
    }

    std::optional<Outcome> read_outcome(Span span) {
        std::vector<std::string_view> known;
        for (const Word& word : outcomes) {
            if (word.name == at(span)) return word.outcome;
            known.push_back(word.name);
        }
        mistakes_.add(source_, span, fmt::format("unknown outcome {}", in_quotes(at(span))),
                      scenarios::suggest(at(span), known));
        return std::nullopt;
    }

    const Source& source_;
    Mistakes& mistakes_;
    Trace trace_;
};

}  // namespace

std::optional<Trace> read_trace(std::string text, std::string name, scenarios::Diagnostics& diagnostics) {
    const Source source{std::move(name), std::move(text), 0};
    Mistakes mistakes;
    Trace trace = Reader(source, mistakes).read();
    const bool is_fine = mistakes.count() == 0;
    mistakes.move_to(diagnostics);
    if (!is_fine) return std::nullopt;
    return trace;
}

}  // namespace stampede::replay
