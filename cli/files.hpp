#pragma once

#include <cstddef>
#include <string>

namespace stampede::cli {

/// All of a file. Throws Stop: 66 where there is none, 74 where it cannot be read or is larger than `most` bytes, which
/// without it is far above any scenario.
[[nodiscard]] std::string read_file(const std::string& path, std::size_t most = std::size_t{64} << 20U);

}  // namespace stampede::cli
