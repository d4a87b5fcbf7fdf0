#pragma once

#include "cli/exit.hpp"

namespace stampede::cli {

/// The whole program: understands the command line, runs the verb, turns what is thrown into a message and an exit
/// code.
[[nodiscard]] Exit run_program(int argc, const char* const* argv);

}  // namespace stampede::cli
