#include "scenarios/format/utf8.hpp"

#include <cstdint>

namespace stampede::scenarios {
namespace {

struct Form {
    unsigned char first_low, first_high;    ///< range of the first byte
    unsigned char second_low, second_high;  ///< range of the second; all further ones are 80…BF
    std::size_t length;
};

/// RFC 3629, section 4.
constexpr Form forms[] = {
    {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3}, {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3},
    {0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
};

bool within(unsigned char byte, unsigned char low, unsigned char high) { return byte >= low && byte <= high; }

}  // namespace

std::size_t character_length(std::string_view text) noexcept {
    if (text.empty()) return 0;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) < 0x80) return 1;
    for (const Form& form : forms) {
        if (!within(byte(0), form.first_low, form.first_high)) continue;
        if (text.size() < form.length || !within(byte(1), form.second_low, form.second_high)) return 0;
        for (std::size_t i = 2; i < form.length; ++i)
            if (!within(byte(i), 0x80, 0xBF)) return 0;
        return form.length;
    }
    return 0;
}

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        const auto first = static_cast<unsigned char>(text[0]);
        const auto second = static_cast<unsigned char>(length > 1 ? text[1] : 0);
        const bool is_c1_control = length == 2 && first == 0xC2 && second < 0xA0;
        const bool is_control = (first < 0x20 && first != '\t') || first == 0x7F || is_c1_control;
        if (length == 0 || is_control)
            result += '?';
        else
            result += text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result;
}

}  // namespace stampede::scenarios
