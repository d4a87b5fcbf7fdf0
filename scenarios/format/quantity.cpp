#include "scenarios/format/quantity.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace stampede::scenarios {
namespace {

using Ticks = Duration::rep;

struct DurationUnit {
    std::string_view name;
    Ticks nanoseconds;
};
constexpr DurationUnit units[] = {
    {"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}, {"h", 3'600'000'000'000}};

/// What one is worth in events a second, bytes, or bytes a second: a quotient, so that 1/m is exactly 1/60.
struct PlainUnit {
    std::string_view name;
    double worth;
    double over = 1;
};
constexpr PlainUnit rates[] = {{"/s", 1}, {"/m", 1, 60}, {"/h", 1, 3600}};
constexpr PlainUnit sizes[] = {{"B", 1},
                               {"kB", 1e3},
                               {"MB", 1e6},
                               {"GB", 1e9},
                               {"KiB", 1024},
                               {"MiB", 1024 * 1024},
                               {"GiB", 1024.0 * 1024 * 1024}};
constexpr PlainUnit bandwidths[] = {{"bit/s", 1, 8}, {"kbit/s", 1e3, 8}, {"Mbit/s", 1e6, 8}, {"Gbit/s", 1e9, 8},
                                    {"B/s", 1},      {"kB/s", 1e3},      {"MB/s", 1e6},      {"GB/s", 1e9}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "-12.50": digits before the point are required, digits after it where there is one.
struct Decimal {
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::string_view rest;  ///< what follows
};

std::string_view take_digits(std::string_view& text) {
    std::size_t n = 0;
    while (n < text.size() && is_digit(text[n])) ++n;
    const std::string_view digits = text.substr(0, n);
    text.remove_prefix(n);
    return digits;
}

std::optional<Decimal> take_decimal(std::string_view text) {
    Decimal decimal;
    decimal.negative = !text.empty() && text[0] == '-';
    if (decimal.negative) text.remove_prefix(1);
    decimal.whole = take_digits(text);
    if (decimal.whole.empty()) return std::nullopt;
    if (!text.empty() && text[0] == '.') {
        text.remove_prefix(1);
        decimal.fraction = take_digits(text);
        if (decimal.fraction.empty()) return std::nullopt;
    }
    decimal.rest = text;
    return decimal;
}

/// total = total · factor + more, unless that overflows.
bool advance(Ticks& total, Ticks factor, Ticks more) {
    return !__builtin_mul_overflow(total, factor, &total) && !__builtin_add_overflow(total, more, &total);
}

/// Exact number of nanoseconds, digit by digit: a digit after the point is worth a tenth of the one before.
std::optional<Ticks> nanoseconds(const Decimal& decimal, Ticks unit) {
    Ticks total = 0;
    for (char digit : decimal.whole)
        if (!advance(total, 10, digit - '0')) return std::nullopt;
    if (!advance(total, unit, 0)) return std::nullopt;
    Ticks worth = unit;
    for (char c : decimal.fraction) {
        const Ticks digit = c - '0';
        if (digit != 0 && (worth == 0 || (digit * worth) % 10 != 0)) return std::nullopt;  // finer than a nanosecond
        if (!advance(total, 1, digit * worth / 10)) return std::nullopt;
        worth = worth % 10 == 0 ? worth / 10 : 0;
    }
    return decimal.negative ? -total : total;
}

template <std::size_t n>
std::optional<double> parse_unit(std::string_view text, const PlainUnit (&known)[n]) {
    const auto decimal = take_decimal(text);
    if (!decimal) return std::nullopt;
    const auto number = parse_number(text.substr(0, text.size() - decimal->rest.size()));
    if (!number) return std::nullopt;
    for (const PlainUnit& unit : known)
        if (unit.name == decimal->rest) return *number * unit.worth / unit.over;
    return std::nullopt;
}

/// In the largest unit in which it is a whole number; else in the first.
template <std::size_t n>
std::string text_in(double value, const PlainUnit (&known)[n]) {
    const PlainUnit* best = &known[0];
    const auto in = [&](const PlainUnit& unit) { return value * unit.over / unit.worth; };
    for (const PlainUnit& unit : known)
        if (value != 0 && in(unit) < in(*best) && std::trunc(in(unit)) == in(unit)) best = &unit;
    return text_of(in(*best)) + std::string(best->name);
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    const auto decimal = take_decimal(text);
    if (!decimal) return std::nullopt;
    for (const DurationUnit& unit : units)
        if (unit.name == decimal->rest)
            if (const auto ticks = nanoseconds(*decimal, unit.nanoseconds)) return Duration{*ticks};
    return std::nullopt;
}

std::optional<Rate> parse_rate(std::string_view text) {
    const auto per_second = parse_unit(text, rates);
    return per_second ? std::optional(Rate{*per_second}) : std::nullopt;
}

std::optional<Size> parse_size(std::string_view text) {
    const auto bytes = parse_unit(text, sizes);
    return bytes ? std::optional(Size{*bytes}) : std::nullopt;
}

std::optional<Bandwidth> parse_bandwidth(std::string_view text) {
    const auto bytes_per_s = parse_unit(text, bandwidths);
    return bytes_per_s ? std::optional(Bandwidth{*bytes_per_s}) : std::nullopt;
}

std::optional<double> parse_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string text_of(Duration duration) {
    constexpr Ticks minutes_from = 120'000'000'000;  // "60s" and "90s" are easier to read than minutes
    const Ticks ticks = duration.count();
    const DurationUnit* best = &units[0];
    for (const DurationUnit& unit : units) {
        const bool too_coarse = unit.nanoseconds > units[3].nanoseconds && std::abs(ticks) < minutes_from;
        if (ticks % unit.nanoseconds == 0 && !too_coarse) best = &unit;
    }
    return ticks == 0 ? "0s" : fmt::format("{}{}", ticks / best->nanoseconds, best->name);
}

std::string text_of(Rate rate) { return text_of(rate.per_second) + "/s"; }

std::string text_of(Size size) { return text_in(size.bytes, sizes); }

std::string text_of(Bandwidth bandwidth) { return text_in(bandwidth.bytes_per_s, bandwidths); }

std::string text_of(double number) { return fmt::format("{}", number); }

}  // namespace stampede::scenarios
