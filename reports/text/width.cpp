#include "reports/text/width.hpp"

#include <algorithm>
#include <cstdint>

#include "scenarios/format/utf8.hpp"

namespace stampede::reports {
namespace {

/// The no-break space.
constexpr std::string_view unbreakable = "\xC2\xA0";

/// Stands for a byte that is no UTF-8.
constexpr std::uint32_t replacement = 0xFFFD;

/// One character: its code point and how many bytes it takes.
struct Character {
    std::uint32_t code;
    std::size_t bytes;
};

Character first_of(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::size_t length = scenarios::character_length(text);
    if (length == 0) return {replacement, 1};
    if (length == 1) return {byte(0), 1};
    std::uint32_t code = byte(0) & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code = (code << 6U) | (byte(i) & 0x3FU);
    return {code, length};
}

struct Block {
    std::uint32_t first;
    std::uint32_t last;
};

template <std::size_t n>
bool is_in(const Block (&blocks)[n], std::uint32_t code) {
    return std::any_of(std::begin(blocks), std::end(blocks),
                       [&](Block block) { return code >= block.first && code <= block.last; });
}

/// Combining marks, joiners and variation selectors.
constexpr Block zero_width[] = {
    {0x0300, 0x036F}, {0x1AB0, 0x1AFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};

/// The blocks of class W and F of Unicode's East Asian Width (UAX #11), whole.
constexpr Block wide[] = {{0x1100, 0x115F},   {0x2E80, 0xA4CF},   {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},
                          {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1F64F},
                          {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};

std::size_t width_of(std::uint32_t code) {
    if (is_in(zero_width, code)) return 0;
    return is_in(wide, code) ? 2 : 1;
}

}  // namespace

std::size_t columns(std::string_view text) {
    std::size_t sum = 0;
    while (!text.empty()) {
        const Character next = first_of(text);
        sum += width_of(next.code);
        text.remove_prefix(next.bytes);
    }
    return sum;
}

std::string pad_right(std::string text, std::size_t width) {
    const std::size_t taken = columns(text);
    if (taken < width) text.append(width - taken, ' ');
    return text;
}

std::string pad_left(std::string text, std::size_t width) {
    const std::size_t taken = columns(text);
    if (taken < width) text.insert(0, width - taken, ' ');
    return text;
}

std::string shorten(std::string_view text, std::size_t width) {
    if (columns(text) <= width) return std::string(text);
    std::string_view rest = text;
    std::size_t taken = 0;
    while (!rest.empty()) {
        const Character next = first_of(rest);
        if (taken + width_of(next.code) > width - 1) break;
        taken += width_of(next.code);
        rest.remove_prefix(next.bytes);
    }
    return std::string(text.substr(0, text.size() - rest.size())) + "…";
}

std::string plain(std::string_view text) {
    std::string out = scenarios::printable(text);
    std::replace(out.begin(), out.end(), '\t', ' ');
    return out;
}

std::string keep_together(std::string text) {
    for (std::size_t at = 0; (at = text.find(' ', at)) != std::string::npos;) text.replace(at, 1, unbreakable);
    return text;
}

std::string wrap(std::string_view text, std::size_t width, std::size_t hang) {
    std::string out;
    std::size_t taken = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty()) continue;
        if (taken > 0 && taken + 1 + columns(word) > width) {
            out += '\n';
            out.append(hang, ' ');
            taken = hang;
        } else if (taken > 0) {
            out += ' ';
            ++taken;
        }
        out += word;
        taken += columns(word);
    }
    for (std::size_t at = 0; (at = out.find(unbreakable, at)) != std::string::npos;)
        out.replace(at, unbreakable.size(), 1, ' ');
    return out + '\n';
}

std::string wrap_at(const std::string& head, std::string_view text, std::size_t width) {
    const std::size_t hang = columns(head);
    return wrap(keep_together(head) + std::string(text), width, hang);
}

}  // namespace stampede::reports
