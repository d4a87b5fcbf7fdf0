#include "cli/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace stampede::cli {

ColourWish colour_wish(const std::string& word) {
    if (word == "always") return ColourWish::always;
    return word == "never" ? ColourWish::never : ColourWish::automatic;
}

bool is_terminal(std::FILE* stream) { return ::isatty(::fileno(stream)) == 1; }

bool wants_colour(ColourWish wish, std::FILE* stream) {
    if (wish != ColourWish::automatic) return wish == ColourWish::always;
    const char* no_colour = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    if (no_colour && *no_colour) return false;
    return is_terminal(stream) && !(term && std::string_view(term) == "dumb");
}

std::size_t width_of(std::FILE* stream) {
    constexpr std::size_t widest = 160;
    winsize size{};
    if (::ioctl(::fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return std::min<std::size_t>(size.ws_col, widest);
    std::size_t columns = 80;
    if (const char* variable = std::getenv("COLUMNS")) {
        const std::string_view text{variable};
        std::size_t wish = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), wish);
        if (error == std::errc{} && end == text.data() + text.size() && wish > 0) columns = wish;
    }
    return std::min(columns, widest);
}

}  // namespace stampede::cli
