#include "sim/clients/timetable.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "policies/core/layer.hpp"
#include "policies/random/distributions.hpp"
#include "scenarios/format/faults/schedule.hpp"
#include "sim/faults/strength.hpp"
#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using namespace scenarios;

namespace {

constexpr double never_due = std::numeric_limits<double>::infinity();
/// Times are whole nanoseconds: a tick may lie so much of its period beside its number.
constexpr double tick_tolerance = 1e-3;

/// Whether the fault strikes clients of the population.
bool strikes(const FaultClients& fault, const Scenario& scenario, std::size_t number) {
    return fault.on == "clients." + scenario.clients[number].name;
}

struct SurgeLine {
    std::uint32_t clients;  ///< the first so many
    CurveLine line;
};

/// Steps of a surge, from one occurrence to the next.
void add_surge(const SurgeFault& surge, const Occurrence& time, CurveLine& line) {
    const auto jump = [&](Duration at, double factor) {
        line.push_back({to_seconds(at), line.empty() ? 1 : line.back().value});
        line.push_back({to_seconds(at), factor});
    };
    Duration elapsed{};
    for (;;) {
        const StrengthStep step = strength_at(surge, time.end - time.begin, elapsed);
        jump(time.begin + elapsed, 1 + (surge.factor - 1) * step.strength);
        if (step.lasts <= Duration::zero()) break;
        elapsed += step.lasts;
    }
    jump(time.end, 1);
}

std::vector<SurgeLine> surges_on(const Scenario& scenario, std::size_t number) {
    std::vector<SurgeLine> surges;
    for (const Fault& fault : scenario.faults) {
        const auto* surge = std::get_if<SurgeFault>(&fault);
        if (!surge || !strikes(*surge, scenario, number)) continue;
        SurgeLine& added = surges.emplace_back(SurgeLine{surge->struck(scenario.clients[number].value.count), {}});
        for (const Occurrence& time : occurrences_of(fault, scenario)) add_surge(*surge, time, added.line);
    }
    return surges;
}

std::vector<ClockSkew> skews_on(const Scenario& scenario, std::size_t number) {
    std::vector<ClockSkew> skews;
    for (const Fault& fault : scenario.faults) {
        const auto* skew = std::get_if<ClockSkewFault>(&fault);
        if (!skew || !strikes(*skew, scenario, number)) continue;
        for (const Occurrence& time : occurrences_of(fault, scenario))
            skews.push_back({to_seconds(time.begin), to_seconds(time.end), to_seconds(skew->by),
                             skew->struck(scenario.clients[number].value.count)});
    }
    return skews;
}

}  // namespace

bool needs_timetable(const Scenario& scenario, std::size_t population) {
    const auto* open = std::get_if<OpenLoad>(&scenario.clients[population].value.load);
    if (!open) return false;
    const auto concerns = [&](const Fault& fault) {
        return std::visit(
            [&]<class F>(const F& f) {
                if constexpr (std::derived_from<F, FaultClients>) return strikes(f, scenario, population);
                return false;
            },
            fault);
    };
    return !open->is_plain() || std::any_of(scenario.faults.begin(), scenario.faults.end(), concerns);
}

Timetable::Timetable(const Scenario& scenario, std::size_t number, std::uint64_t seed)
    : load_(std::get<OpenLoad>(scenario.clients[number].value.load)),
      number_(number),
      seed_(seed),
      end_s_(to_seconds(scenario.run.duration)),
      mean_batch_(load_.batch ? mean_of(*load_.batch) : 1),
      skews_(skews_on(scenario, number)) {
    build_curves(scenario, number, seed);
    if (load_.modulation && load_.modulation->scope == ModulationScope::client)
        own_.resize(scenario.clients[number].value.count);
}

void Timetable::build_curves(const Scenario& scenario, std::size_t number, std::uint64_t seed) {
    const std::uint32_t count = scenario.clients[number].value.count;
    std::vector<CurveLine> common = lines_of(load_, count, end_s_);
    if (load_.modulation && load_.modulation->scope == ModulationScope::all) {
        Stream stream = stream_of(seed, EntityKind::population, number, 0, Purpose::modulation);
        common.push_back(modulation_line(*load_.modulation, end_s_, stream));
    }
    const std::vector<SurgeLine> surges = surges_on(scenario, number);
    std::vector<std::uint32_t> firsts{0};
    for (const SurgeLine& surge : surges)
        if (surge.clients < count) firsts.push_back(surge.clients);
    std::sort(firsts.begin(), firsts.end());
    firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
    for (const std::uint32_t first : firsts) {
        std::vector<CurveLine> lines = common;
        for (const SurgeLine& surge : surges)
            if (first < surge.clients) lines.push_back(surge.line);
        curves_.push_back({first, RateCurve(lines, end_s_)});
    }
}

const RateCurve& Timetable::curve_of(std::uint32_t client) const noexcept {
    std::size_t i = curves_.size() - 1;
    while (curves_[i].first_client > client) --i;
    return curves_[i].curve;
}

Duration Timetable::first(std::uint32_t client, Stream& stream) {
    if (!own_.empty()) own_[client] = draw_state(*load_.modulation, stream);
    if (load_.arrivals != Arrivals::regular) return next(Instant{}, client, stream);
    const double due = later(0, mean_batch_ * stream.uniform(), client, stream);
    return due < end_s_ ? from_seconds(due) : no_timer;
}

Duration Timetable::next(Instant now, std::uint32_t client, Stream& stream) {
    const double t = to_seconds(now);
    double due = never_due;
    switch (load_.arrivals) {
        case Arrivals::poisson:
            due = later(t, exponential(stream, mean_batch_), client, stream);
            break;
        case Arrivals::regular:
            due = later(t, mean_batch_, client, stream);
            break;
        case Arrivals::aligned:
            due = tick_after(t, client);
            break;
    }
    return due < end_s_ ? std::max(from_seconds(due) - now.time_since_epoch(), Duration::zero()) : no_timer;
}

double Timetable::later(double t_s, double growth, std::uint32_t client, Stream& stream) {
    if (!own_.empty()) return later_in_own_states(t_s, growth, client, stream);
    const RateCurve& curve = curve_of(client);
    return curve.when(curve.expected(t_s) + growth);
}

/// From state to state, until the growth is used up.
double Timetable::later_in_own_states(double t_s, double growth, std::uint32_t client, Stream& stream) {
    const RateCurve& curve = curve_of(client);
    ModulationPoint& own = own_[client];
    while (t_s < end_s_) {
        const double factor = load_.modulation->states[own.state].factor;
        const double until = std::max(t_s, std::min(own.until_s, end_s_));
        const double here = curve.expected(t_s);
        const double available = factor * (curve.expected(until) - here);
        if (growth < available) return curve.when(here + growth / factor);
        growth -= available;
        t_s = until;
        if (own.until_s <= t_s) move_on(*load_.modulation, own, stream);
    }
    return never_due;
}

/// All clients' ticks are where the curve is a whole number; a clock that is late ticks late.
double Timetable::tick_after(double t_s, std::uint32_t client) const {
    const RateCurve& curve = curve_of(client);
    const double clock = std::max(0.0, t_s - lateness(t_s, client));
    const double ticks = std::floor(curve.expected(clock) / mean_batch_ + tick_tolerance) + 1;
    const double due = curve.when(ticks * mean_batch_);
    return due < end_s_ ? std::max(due + lateness(due, client), t_s) : never_due;
}

double Timetable::lateness(double t_s, std::uint32_t client) const noexcept {
    double late = 0;
    for (std::size_t i = 0; i < skews_.size(); ++i) {
        const ClockSkew& skew = skews_[i];
        if (client >= skew.clients) continue;
        Stream own = stream_of(seed_, EntityKind::agent, number_, client, Purpose::clocks);
        const double by = skew.by_s * own.uniform();
        if (t_s >= skew.begin_s && t_s < skew.end_s) late += by;
    }
    return late;
}

/// The chance of one more is 1 - 1/mean each time: 1 + floor(ln U / ln(1 - 1/mean)).
std::uint32_t Timetable::batch(Stream& stream) const noexcept {
    if (!load_.batch) return 1;
    if (const auto* fixed = std::get_if<FixedSize>(&*load_.batch)) return fixed->value;
    const double u = stream.uniform();
    if (const auto* uniform = std::get_if<UniformSize>(&*load_.batch))
        return uniform->min + static_cast<std::uint32_t>(u * (double{1} + uniform->max - uniform->min));
    const double mean = std::get<GeometricSize>(*load_.batch).mean;
    if (mean <= 1) return 1;
    return 1 + static_cast<std::uint32_t>(portable_log(u) / portable_log(1 - 1 / mean));
}

}  // namespace stampede::sim
