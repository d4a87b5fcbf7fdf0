#include "scenarios/format/faults/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/format/checks.hpp"
#include "scenarios/format/quantity.hpp"
#include "scenarios/format/targets.hpp"

namespace stampede::scenarios {
namespace {

/// Beginnings, ends and changes of strength of one fault: each is an event.
constexpr double most_changes = 1'000'000;

/// As often as it is over within the run.
std::int64_t fitting(const FaultTiming& timing, Duration length, Duration run) {
    if (timing.at >= run || length > run - timing.at) return 0;
    return timing.every ? 1 + (run - timing.at - length) / *timing.every : 1;
}

/// One that is not over by then comes once all the same.
std::int64_t how_often(const FaultTiming& timing, Duration length, Duration run) {
    const std::int64_t most = std::max<std::int64_t>(fitting(timing, length, run), timing.at < run ? 1 : 0);
    return timing.times ? std::min<std::int64_t>(*timing.times, most) : most;
}

void check_repeats(const FaultTiming& timing, Duration length, Duration run, const Node& settings, Mistakes& mistakes) {
    if (!timing.every) {
        if (timing.times && *timing.times > 1)
            mistakes.add(member(settings, "times"), "a fault that comes several times needs \"every\"");
        return;
    }
    if (*timing.every < length)
        mistakes.add(member(settings, "every"),
                     fmt::format("the fault lasts {}, so that it would overlap with itself every {}", text_of(length),
                                 text_of(*timing.every)));
    else if (timing.times && *timing.times > fitting(timing, length, run))
        mistakes.add(member(settings, "times"), fmt::format("{} times are not over by the end of the run at {}; {} are",
                                                            *timing.times, text_of(run), fitting(timing, length, run)));
}

/// Answers whether it lies within the run.
bool check_times(const FaultTiming& timing, Duration length, Duration run, const Node& settings, Mistakes& mistakes) {
    if (timing.at >= run)
        mistakes.add(member(settings, "at"),
                     fmt::format("the fault starts at {}, but the run ends at {}", text_of(timing.at), text_of(run)));
    else if (length > run - timing.at)
        mistakes.add(member(settings, "for"), fmt::format("the fault ends at {}, after the end of the run at {}",
                                                          text_of(timing.at + length), text_of(run)));
    else
        return true;
    return false;
}

void check_strength(const FaultStrength& strength, Duration length, const Node& settings, Mistakes& mistakes) {
    if (strength.ramp && *strength.ramp > length / 2)
        mistakes.add(member(settings, "ramp"),
                     fmt::format("growing and going back take {} each, but the fault is over after {}",
                                 text_of(*strength.ramp), text_of(length)));
}

/// Steps of strength in one occurrence.
template <class F>
double changes_of(const F& fault, Duration length, const Scenario&) {
    if constexpr (std::derived_from<F, FaultStrength>) {
        if (fault.period) return period_steps * to_seconds(length) / to_seconds(*fault.period);
        if (fault.ramp) return 2 * ramp_steps;
    }
    return 1;
}

/// In the mean.
double changes_of(const FlappingFault& fault, Duration length, const Scenario& scenario) {
    const std::size_t apart = fault.together ? 1 : struck_by(scenario, fault.on, fault.share).size();
    return static_cast<double>(apart) * 2 * to_seconds(length) / to_seconds(fault.up + fault.down);
}

/// What is wrong with the other fields of a fault: nothing, unless there is an overload.
template <class F>
void check_others(const F&, const Scenario&, const Node&, Mistakes&) {}

void check_others(const CacheFlushFault& fault, const Scenario& scenario, const Node& settings, Mistakes& mistakes) {
    const auto target = find_target(scenario, fault.on);
    const auto& services = scenario.services;
    const bool has_cache = target->kind == Target::Kind::zone ? std::any_of(services.begin(), services.end(),
                                                                            [](const auto& s) { return s.value.cache; })
                                                              : services[target->index].value.cache.has_value();
    if (!has_cache) mistakes.add(member(settings, "on"), fmt::format("{} has no cache", in_quotes(fault.on)));
}

/// Faults that can strike one endpoint; the others strike whole instances.
template <class F>
inline constexpr bool strikes_endpoints = std::is_same_v<F, OutageFault> || std::is_same_v<F, ErrorFault> ||
                                          std::is_same_v<F, LatencyFault> || std::is_same_v<F, SlowdownFault>;

void check_others(const OutageFault& fault, const Scenario& scenario, const Node& settings, Mistakes& mistakes) {
    if (fault.mode == OutageMode::reset && find_target(scenario, fault.on)->endpoint != 0)
        mistakes.add(member(settings, "mode"), "an endpoint has no connections of its own that could break",
                     "refuse, blackhole or error");
}

void check_target(const Scenario& scenario, const std::string& on, bool endpoints_too, const Node& place,
                  Mistakes& mistakes) {
    const auto found = find_target(scenario, on);
    if (found && found->endpoint != 0 && !endpoints_too)
        return mistakes.add(place, "this fault strikes whole instances, not one endpoint of them",
                            "errors, latency, slowdown and outage can strike an endpoint");
    if (!found)
        mistakes.add(place,
                     fmt::format("there is no instance {}: a service's instances are numbered from 0", in_quotes(on)));
    else if (found->kind == Target::Kind::clients)
        mistakes.add(place, "this fault strikes services, instances and zones, not clients");
}

/// Surges need a rate, and clocks matter only where they are looked at together.
template <class F>
void check_clients_of(const Scenario& scenario, const F& fault, const Node& settings, Mistakes& mistakes) {
    const auto found = find_target(scenario, fault.on);
    if (!found || found->kind != Target::Kind::clients)
        return mistakes.add(member(settings, "on"), "this fault strikes clients: name a population",
                            "as in \"clients.NAME\"");
    const auto* open = std::get_if<OpenLoad>(&scenario.clients[found->index].value.load);
    if (std::is_same_v<F, SurgeFault> && !open)
        mistakes.add(member(settings, "on"), "clients of a closed load have no rate that could surge");
    if (std::is_same_v<F, ClockSkewFault> && (!open || open->arrivals != Arrivals::aligned))
        mistakes.add(member(settings, "on"), "clocks matter only where the arrivals of an open load are aligned");
}

/// The instance or the part of a service that an end of the network names is there, and has members to choose from.
void check_end(const Scenario& scenario, const std::string& end, Share share, const Node& node, Mistakes& mistakes) {
    const auto found = find_target(scenario, end);
    if (!found)
        mistakes.add(node,
                     fmt::format("there is no instance {}: a service's instances are numbered from 0", in_quotes(end)));
    else if (found->endpoint != 0)
        mistakes.add(node, "the network knows instances, not their endpoints");
    else if (share < 1 && found->kind != Target::Kind::clients && found->kind != Target::Kind::service)
        mistakes.add(node, "a share is of the clients of a population or of the instances of a service");
}

void check_ends(const Scenario& scenario, const FaultEnds& ends, const Node& settings, Mistakes& mistakes) {
    check_end(scenario, ends.from, ends.share, member(settings, "from"), mistakes);
    if (!ends.to.empty()) check_end(scenario, ends.to, 1, member(settings, "to"), mistakes);
}

}  // namespace

Duration length_of(const DeploymentFault& fault, const Scenario& scenario) {
    const auto instances = static_cast<std::int64_t>(struck_by(scenario, fault.on, fault.share).size());
    const std::int64_t batches = std::max<std::int64_t>(1, (instances + fault.batch - 1) / fault.batch);
    return batches * (fault.drain + fault.restart) + (batches - 1) * fault.pause;
}

std::vector<Occurrence> occurrences_of(const Fault& fault, const Scenario& scenario) {
    return std::visit(
        [&](const auto& f) {
            std::vector<Occurrence> list;
            const Duration length = length_of(f, scenario);
            const std::int64_t count = how_often(f, length, scenario.run.duration);
            for (std::int64_t i = 0; i < count; ++i) {
                const Duration begin = f.at + i * f.every.value_or(Duration::zero());
                list.push_back({begin, begin + length});
            }
            return list;
        },
        fault);
}

std::string_view name_of(const Fault& fault) {
    return std::visit([](const auto& f) { return f.name; }, fault);
}

std::string subject_of(const Fault& fault) {
    return std::visit(
        []<class F>(const F& f) {
            if constexpr (std::derived_from<F, FaultEnds>)
                return subject_of(f.from);
            else
                return subject_of(f.on);
        },
        fault);
}

void check_fault(const Scenario& scenario, const Fault& fault, const Node& settings, Mistakes& mistakes) {
    const Duration run = scenario.run.duration;
    std::visit(
        [&]<class F>(const F& f) {
            const std::size_t before = mistakes.count();
            if constexpr (std::derived_from<F, FaultTarget>)
                check_target(scenario, f.on, strikes_endpoints<F>, member(settings, "on"), mistakes);
            if constexpr (std::derived_from<F, FaultClients>) check_clients_of(scenario, f, settings, mistakes);
            if constexpr (std::derived_from<F, FaultEnds>) check_ends(scenario, f, settings, mistakes);
            if (mistakes.count() != before) return;
            check_others(f, scenario, settings, mistakes);
            const Duration length = length_of(f, scenario);
            if (!check_times(f, length, run, settings, mistakes)) return;
            check_repeats(f, length, run, settings, mistakes);
            if constexpr (std::derived_from<F, FaultStrength>) check_strength(f, length, settings, mistakes);
            if (mistakes.count() != before) return;
            const double changes = static_cast<double>(how_often(f, length, run)) * changes_of(f, length, scenario);
            if (changes > most_changes)
                mistakes.add(settings,
                             fmt::format("the fault changes about {:.3g} times in the run; at most {:.0e} can "
                                         "be simulated",
                                         changes, most_changes));
        },
        fault);
}

Fault stretched(const Fault& fault, double factor) {
    Fault result = fault;
    std::visit(
        [&]<class F>(F& f) {
            if (f.lasts == Duration::zero()) return;  // it lasts as long as it takes
            const Duration before = f.lasts;
            const Duration exact = from_seconds(to_seconds(before) * factor);
            const Duration step = exact < std::chrono::seconds{1} ? Duration{1} : std::chrono::milliseconds{100};
            f.lasts = std::max(exact - exact % step, step);
            if constexpr (std::derived_from<F, FaultStrength>)
                if (f.ramp) f.ramp = from_seconds(to_seconds(*f.ramp) * (to_seconds(f.lasts) / to_seconds(before)));
        },
        result);
    return result;
}

namespace {

/// The fault as long as it may be drawn does not overlap with itself. Answers whether.
bool check_longest(const Scenario& scenario, const Fault& longest, const Node& settings, Mistakes& mistakes) {
    const FaultTiming& timing = std::visit([](const auto& f) -> const FaultTiming& { return f; }, longest);
    const Duration length = std::visit([&](const auto& f) { return length_of(f, scenario); }, longest);
    if (!timing.every || *timing.every >= length) return true;
    mistakes.add(
        member(settings, "every"),
        fmt::format("drawn as long as it may be, the fault lasts {}, so that it would overlap with itself every "
                    "{}",
                    text_of(length), text_of(*timing.every)),
        "lower \"to\" of chaos.length");
    return false;
}

}  // namespace

void check_chaos(const Scenario& scenario, const Node& chaos, Mistakes& mistakes) {
    for (std::size_t i = 0; i < scenario.chaos->from.size(); ++i) {
        const Fault& fault = scenario.chaos->from[i];
        const Node& settings = member(chaos, "from").children[i].children.front();
        const std::size_t before = mistakes.count();
        check_fault(scenario, fault, settings, mistakes);
        if (mistakes.count() != before) continue;
        const Fault longest = scenario.chaos->length ? stretched(fault, scenario.chaos->length->to) : fault;
        if (!check_longest(scenario, longest, settings, mistakes)) continue;
        const Duration latest = occurrences_of(longest, scenario).back().end + scenario.chaos->within;
        if (latest > scenario.run.duration)
            mistakes.add(settings,
                         fmt::format("drawn as late as it may be, the fault ends at {}, after the end of the "
                                     "run at {}",
                                     text_of(latest), text_of(scenario.run.duration)),
                         "lower \"within\", or say how many \"times\" it comes");
    }
}

void check_trace(const Scenario& scenario, const Node& list, Mistakes& mistakes) {
    for (std::size_t i = 0; i < scenario.fault_trace.size() && !mistakes.full(); ++i) {
        const TraceLine& line = scenario.fault_trace[i];
        const Node& place = list.children[i];
        const bool of_instances = line.fault == TracedFault::pause || line.fault == TracedFault::capacity;
        check_target(scenario, line.target, !of_instances, member(place, "target"), mistakes);
        if (line.time >= scenario.run.duration)
            mistakes.add(member(place, "time"), fmt::format("the line is of {}, but the run ends at {}",
                                                            text_of(line.time), text_of(scenario.run.duration)));
    }
}

}  // namespace stampede::scenarios
