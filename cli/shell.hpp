#pragma once

#include <string>
#include <string_view>

namespace stampede::cli {

/// As one word of a POSIX shell; in single quotes only where it needs them.
[[nodiscard]] std::string shell_word(std::string_view word);

}  // namespace stampede::cli
