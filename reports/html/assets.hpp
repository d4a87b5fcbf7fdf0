#pragma once

#include <string_view>

namespace stampede::reports {

/// What every page brings along, from web/: bundled when the program is built.
struct Assets {
    std::string_view style;
    std::string_view script;
    std::string_view licences;  ///< of what others wrote in it
};

[[nodiscard]] const Assets& embedded_assets();

}  // namespace stampede::reports
