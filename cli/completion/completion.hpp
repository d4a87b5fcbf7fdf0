#pragma once
/// Scripts that make a shell complete the program's command line.

#include <string>
#include <string_view>

#include "cli/command_line.hpp"

namespace stampede::cli {

/// To be sourced, or put into bash-completion's folder as "stampede".
[[nodiscard]] std::string bash_completion(const CommandLine& line);

/// To be put into a folder of zsh's fpath as "_stampede", or sourced after compinit.
[[nodiscard]] std::string zsh_completion(const CommandLine& line);

/// To be put into fish's completions folder as "stampede.fish", or sourced.
[[nodiscard]] std::string fish_completion(const CommandLine& line);

}  // namespace stampede::cli
