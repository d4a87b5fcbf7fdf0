#include "cli/seeds.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

#include "cli/exit.hpp"

namespace stampede::cli {
namespace {

constexpr std::uint64_t most_seeds = 100'000;

std::optional<std::uint64_t> whole_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

std::vector<std::uint64_t> parse_seeds(const std::string& text) {
    const std::size_t dots = text.find("..");
    const auto first = dots == std::string::npos ? 1 : whole_number(std::string_view(text).substr(0, dots));
    const auto last = whole_number(dots == std::string::npos ? text : std::string_view(text).substr(dots + 2));
    if (!first || !last || *last < *first)
        throw Stop(
            Exit::wrong_usage,
            fmt::format("--seeds \"{}\": expected a number of seeds (10), or the first and the last (5..8)", text));
    if (*last - *first >= most_seeds)
        throw Stop(Exit::wrong_usage, fmt::format("--seeds \"{}\": more than {} seeds", text, most_seeds));
    std::vector<std::uint64_t> seeds;
    for (std::uint64_t i = 0; i <= *last - *first; ++i) seeds.push_back(*first + i);
    return seeds;
}

}  // namespace stampede::cli
