#pragma once
/// A Result as bytes, to send it from one process of this program to another. Not a file format.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sim/measure/result.hpp"

namespace stampede::sim {

/// Bytes that hold most results. Memory for so many is asked for at once: what is not written to costs nothing, while
/// growing step by step costs more than the rest.
inline constexpr std::size_t most_results = std::size_t{1} << 20U;

[[nodiscard]] std::string encode(const Result& result);

/// Nothing where the bytes are not a whole result (the process that wrote them was cut off).
[[nodiscard]] std::optional<Result> decode(std::string_view bytes);

}  // namespace stampede::sim
