#include "cli/shell.hpp"

namespace stampede::cli {

std::string shell_word(std::string_view word) {
    constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%";
    const bool is_harmless = !word.empty() && word.find_first_not_of(harmless) == std::string_view::npos;
    if (is_harmless) return std::string(word);
    std::string out = "'";
    for (char c : word) {
        if (c == '\'')
            out += "'\\''";
        else
            out += c;
    }
    return out + "'";
}

}  // namespace stampede::cli
