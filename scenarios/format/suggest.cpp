#include "scenarios/format/suggest.hpp"

#include <algorithm>
#include <numeric>

#include "scenarios/format/node.hpp"

namespace stampede::scenarios {
namespace {

constexpr std::size_t longest_word = 64;
constexpr std::size_t most_compared = 1000;
constexpr std::size_t most_listed = 12;

const std::string_view* nearest(std::string_view word, const std::vector<std::string_view>& known) {
    const std::string_view* best = nullptr;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;  // what is further off is no slip
    const std::size_t compared = std::min(known.size(), most_compared);
    for (std::size_t i = 0; i < compared; ++i) {
        if (known[i].size() > longest_word) continue;
        const std::size_t distance = edit_distance(word, known[i]);
        if (distance >= best_distance) continue;
        best = &known[i];
        best_distance = distance;
    }
    return best;
}

}  // namespace

/// Optimal string alignment: Levenshtein's three rows, of which the third serves the swap.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& known) {
    if (known.empty()) return {};
    if (word.size() <= longest_word)
        if (const std::string_view* name = nearest(word, known)) return "did you mean " + in_quotes(*name) + "?";
    std::string list = "known: ";
    for (std::size_t i = 0; i < known.size() && i < most_listed; ++i)
        list += (i == 0 ? "" : ", ") + in_quotes(known[i]);
    return known.size() > most_listed ? list + ", …" : list;
}

}  // namespace stampede::scenarios
