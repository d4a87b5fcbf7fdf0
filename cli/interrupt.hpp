#pragma once

namespace stampede::cli {

/// From here on the first Ctrl-C (or a polite request to end) is only noted, the second ends the program at once.
void watch_for_interrupts();

[[nodiscard]] bool is_interrupted();

}  // namespace stampede::cli
