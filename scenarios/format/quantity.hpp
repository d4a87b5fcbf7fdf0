#pragma once
/// Numbers with units as they are written in scenarios: "250ms", "1.5s", "120/s".

#include <optional>
#include <string>
#include <string_view>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/sizes.hpp"

namespace stampede::scenarios {

inline constexpr std::string_view duration_units = "ns us ms s m h";
inline constexpr std::string_view rate_units = "/s /m /h";
inline constexpr std::string_view size_units = "B kB MB GB KiB MiB GiB";
inline constexpr std::string_view bandwidth_units = "bit/s kbit/s Mbit/s Gbit/s B/s kB/s MB/s GB/s";

/// Exact: nothing for what is no duration, and for what is finer than a nanosecond or longer than 292 years.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);

/// Nothing for what is no rate.
[[nodiscard]] std::optional<Rate> parse_rate(std::string_view text);

/// Nothing for what is no size, or no bandwidth.
[[nodiscard]] std::optional<Size> parse_size(std::string_view text);
[[nodiscard]] std::optional<Bandwidth> parse_bandwidth(std::string_view text);

/// A finite number in JSON's notation, all of the text; nothing for anything else.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// The shortest way to write it exactly, in whole units.
[[nodiscard]] std::string text_of(Duration duration);
[[nodiscard]] std::string text_of(Rate rate);
[[nodiscard]] std::string text_of(Size size);
[[nodiscard]] std::string text_of(Bandwidth bandwidth);
[[nodiscard]] std::string text_of(double number);

}  // namespace stampede::scenarios
