#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace stampede::reports {

enum class Colour : std::uint8_t { bold, dim, good, bad };

/// ANSI colours, or none.
class Paint {
public:
    explicit Paint(bool on) : on_(on) {}

    [[nodiscard]] std::string operator()(Colour colour, std::string_view text) const {
        if (!on_ || text.empty()) return std::string(text);
        constexpr std::string_view codes[] = {"\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[31m"};
        return std::string(codes[static_cast<std::size_t>(colour)]).append(text).append("\x1b[0m");
    }

private:
    bool on_;
};

}  // namespace stampede::reports
