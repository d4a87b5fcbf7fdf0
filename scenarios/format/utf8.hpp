#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stampede::scenarios {

/// Bytes of the character that `text` begins with; 0 where it does not begin with well-formed UTF-8 (RFC 3629).
[[nodiscard]] std::size_t character_length(std::string_view text) noexcept;

/// A '?' for every control character but the tab and for every byte that is not UTF-8, so that showing a file
/// cannot steer a terminal; all else as it is.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace stampede::scenarios
