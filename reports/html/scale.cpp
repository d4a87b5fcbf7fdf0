#include "reports/html/scale.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace stampede::reports::html {
namespace {

/// 1, 2 or 5 times a power of ten, so that `span` has about `number` steps.
double round_step(double span, int number) {
    const double rough = span / number;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (double step : {1.0, 2.0, 5.0})
        if (step * power >= rough * 0.999) return step * power;
    return 10 * power;
}

struct Suffix {
    double unit;
    std::string_view text;
};

Suffix suffix_of_time(double largest) {
    if (largest >= 7200) return {3600, " h"};
    if (largest > 600) return {60, " min"};
    if (largest >= 1) return {1, " s"};
    return largest >= 1e-3 ? Suffix{1e-3, " ms"} : Suffix{1e-6, " µs"};
}

std::string_view behind(Unit unit) {
    switch (unit) {
        case Unit::per_second:
            return "/s";
        case Unit::per_minute:
            return "/min";
        case Unit::ratio:
            return "×";
        default:
            return "";
    }
}

int decimals_for(double step) {
    return step >= 0.999 ? 0 : std::min(6, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
}

}  // namespace

std::string tick_label(double value, double step, double largest, Unit unit) {
    Suffix suffix{1, ""};
    std::string_view thousands;
    if (unit == Unit::seconds) {
        suffix = suffix_of_time(largest);
    } else if (unit == Unit::share) {
        suffix = {0.01, " %"};
    } else {
        suffix.text = behind(unit);
        for (const auto& [size, letter] : {std::pair{1e9, "G"}, {1e6, "M"}, {1e3, "k"}})
            if (largest >= 9.99 * size || (largest >= size && step >= 0.1 * size)) {
                suffix.unit = size;
                thousands = letter;
                break;
            }
    }
    if (value == 0 && unit != Unit::share) return "0";
    return fmt::format("{:.{}f}{}{}", value / suffix.unit, decimals_for(step / suffix.unit), thousands, suffix.text);
}

void Scale::add_round_ticks(double step, Unit unit) {
    const double largest = std::max(std::abs(low_), std::abs(high_));
    for (auto k = static_cast<long>(std::ceil(low_ / step - 1e-9));
         static_cast<double>(k) * step <= high_ + step * 1e-9; ++k) {
        const double value = static_cast<double>(k) * step;
        add_tick(value, tick_label(value, step, largest, unit));
    }
}

Scale Scale::linear(double low, double high, Unit unit, int number) {
    if (!(high > low)) high = low + 1;
    const double step = round_step(high - low, number);
    Scale scale(Kind::linear, low, std::ceil(high / step - 1e-9) * step);
    scale.add_round_ticks(step, unit);
    return scale;
}

Scale Scale::time(double seconds) { return span(0, seconds); }

Scale Scale::span(double from_s, double to_s) {
    const double span = to_s > from_s ? to_s - from_s : 1;
    // Minutes and hours are counted by sixties.
    const double unit = suffix_of_time(span).unit;
    double step = round_step(span / unit, 5) * unit;
    for (double sixty : {15.0, 30.0, 60.0, 120.0})
        if (unit == 1 && span > 60 && span <= 5 * sixty) {
            step = sixty;
            break;
        }
    Scale scale(Kind::linear, from_s, from_s + span);
    scale.add_round_ticks(step, Unit::seconds);
    return scale;
}

Scale Scale::around(double low, double high, Unit unit, int number) {
    const double size = std::max(std::abs(low), std::abs(high));
    const double span = std::max(high - low, size > 0 ? size * 1e-3 : 1.0);
    const double step = round_step(span * 1.2, number);
    // A value that cannot be negative gets no room below zero.
    const double bottom = std::floor((low - span * 0.1) / step) * step;
    Scale scale(Kind::linear, low >= 0 ? std::max(0.0, bottom) : bottom, std::ceil((high + span * 0.1) / step) * step);
    scale.add_round_ticks(step, unit);
    return scale;
}

Scale Scale::logarithmic(double low, double high, Unit unit) {
    const double bottom = std::floor(std::log10(low) + 1e-9);
    const double top = std::max(bottom + 1, std::ceil(std::log10(high) - 1e-9));
    Scale scale(Kind::logarithmic, std::pow(10.0, bottom), std::pow(10.0, top));
    for (double power = bottom; power <= top; ++power) {
        const double value = std::pow(10.0, power);
        scale.add_tick(value, tick_label(value, value, value, unit));
    }
    return scale;
}

Scale Scale::percentiles(double one_in) {
    const double last = std::max(2.0, std::ceil(std::log10(one_in) - 1e-9));
    Scale scale(Kind::logarithmic, 1, std::pow(10.0, last));
    scale.add_tick(1, "0 %");
    for (int nines = 1; nines <= static_cast<int>(last); ++nines)
        scale.add_tick(std::pow(10.0, nines),
                       fmt::format("{:.{}f} %", 100 - std::pow(10.0, 2 - nines), std::max(0, nines - 2)));
    return scale;
}

Scale Scale::names(const std::vector<std::string>& names) {
    Scale scale(Kind::linear, 0, static_cast<double>(std::max<std::size_t>(1, names.size())));
    for (std::size_t i = 0; i < names.size(); ++i) scale.add_tick(static_cast<double>(i) + 0.5, names[i]);
    return scale;
}

double Scale::place(double value) const {
    const double share = kind_ == Kind::linear ? (value - low_) / (high_ - low_)
                                               : std::log(std::max(value, low_) / low_) / std::log(high_ / low_);
    return std::clamp(share, 0.0, 1.0);
}

}  // namespace stampede::reports::html
