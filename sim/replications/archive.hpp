#pragma once
/// A Result as bytes, to send it from one process of this program to another. Not a file format.

#include <optional>
#include <string>
#include <string_view>

#include "sim/measure/result.hpp"

namespace stampede::sim {

[[nodiscard]] std::string encode(const Result& result);

/// Nothing where the bytes are not a whole result (the process that wrote them was cut off).
[[nodiscard]] std::optional<Result> decode(std::string_view bytes);

}  // namespace stampede::sim
