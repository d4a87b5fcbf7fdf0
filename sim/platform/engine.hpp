#pragma once

namespace simgrid::s4u {
class Engine;
}

namespace stampede::sim {

/// The engine of this process, made here. Throws std::logic_error if there is one already.
[[nodiscard]] simgrid::s4u::Engine& make_engine();

}  // namespace stampede::sim
