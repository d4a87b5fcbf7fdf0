#pragma once

#include <string>

namespace stampede::cli {

/// All of a file. Throws Stop: 66 where there is none, 74 where it cannot be read or is larger than 64 MiB.
[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace stampede::cli
