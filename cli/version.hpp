#pragma once

#include <string_view>

namespace stampede::cli {

/// From the project's CMakeLists.txt.
inline constexpr std::string_view version = STAMPEDE_VERSION;

}  // namespace stampede::cli
