#include "cli/percent.hpp"

#include <fmt/format.h>

#include <charconv>

#include "cli/exit.hpp"

namespace stampede::cli {

double parse_percent(const std::string& text, const std::string& option) {
    constexpr double most = 1000;
    double value = -1;
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, value, std::chars_format::fixed);
    const bool is_percent = error == std::errc{} && end + 1 == last && *end == '%';
    if (!is_percent || !(value >= 0) || !(value <= most))
        throw Stop(Exit::wrong_usage, fmt::format("{} \"{}\": expected a percentage, such as 2%", option, text));
    return value / 100;
}

}  // namespace stampede::cli
