#include "scenarios/format/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "scenarios/format/faults/schedule.hpp"
#include "scenarios/format/quantity.hpp"

namespace stampede::scenarios {
namespace {

constexpr std::uint64_t most_clients = 5'000'000;

void check_clients(const Scenario& scenario, const Node& node, Mistakes& mistakes) {
    std::uint64_t count = 0;
    for (const auto& clients : scenario.clients) {
        const auto* closed = std::get_if<ClosedLoad>(&clients.value.load);
        count += std::uint64_t{clients.value.count} * (closed ? closed->concurrency : 1);
    }
    if (count > most_clients)
        mistakes.add(node,
                     fmt::format("{} clients in all, every loop of a closed load counted; at most {} can be simulated",
                                 count, most_clients));
}

/// A curve is kept for every population. Before anything makes one.
void check_curves(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    constexpr double most_points = 1'000'000;
    for (std::size_t i = 0; i < scenario.clients.size(); ++i) {
        const auto* open = std::get_if<OpenLoad>(&scenario.clients[i].value.load);
        const double points = open ? curve_points(*open, scenario.run.duration) : 0;
        if (points > most_points)
            mistakes.add(member(member(root, "clients").children[i], "load"),
                         fmt::format("the rate changes about {:.3g} times in the run; at most {:.0e} can be simulated",
                                     points, most_points),
                         "make periods and stays longer or the run shorter");
    }
}

void check_requests(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    const double expected = expected_requests(scenario);
    if (expected <= scenario.run.max_requests) return;
    const Node& run = member(root, "run");
    mistakes.add(member(run, "max_requests"),
                 fmt::format("about {:.3g} requests are expected in {}, more than max_requests ({:.3g})", expected,
                             text_of(scenario.run.duration), scenario.run.max_requests),
                 "check the counts, rates, thinking times and the duration, or raise run.max_requests");
}

/// The platform's routes and the series of a run grow with these tables.
constexpr std::size_t most_entries = 500;

void check_size(const Node& root, std::string_view key, Mistakes& mistakes) {
    const Node& table = member(root, key);
    if (table.children.empty()) mistakes.add(table, fmt::format("\"{}\" is empty: at least one is needed", key));
    if (table.children.size() > most_entries)
        mistakes.add(table, fmt::format("\"{}\" has {} entries; at most {} can be simulated", key,
                                        table.children.size(), most_entries));
}

/// Every bin is kept for every service, population and call between services.
void check_bins(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    constexpr double most_kept_bins = 1'000'000;
    const double bins = to_seconds(scenario.run.duration) / to_seconds(scenario.run.bin);
    const double kept = bins * static_cast<double>(scenario.services.size() + callers_of(scenario));
    if (kept > most_kept_bins)
        mistakes.add(member(member(root, "run"), "bin"),
                     fmt::format("{:.3g} bins over all services and all that call them; at most {:.0e} can be kept",
                                 kept, most_kept_bins),
                     "make the bins wider or the run shorter");
}

/// What the window of one breaker takes in memory when it is full, in bytes.
double window_bytes(const BreakerSettings& breaker) {
    if (!breaker.window) return 0;
    if (breaker.window->count) return *breaker.window->count / 4.0;  // two bits an outcome
    return breaker.window->time ? 24.0 * breaker.buckets.count(*breaker.window->time) : 0;
}

/// Windows of breakers that every client has for itself add up.
void check_breakers(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    constexpr double most_bytes = 1e9;
    double bytes = 0;
    for (const auto& clients : scenario.clients)
        for (const auto& stack : scenario.policies)
            for (const auto& layer : stack.value) {
                const auto* breaker = std::get_if<BreakerSettings>(&layer);
                if (clients.value.policy == stack.name && breaker && breaker->scope == Scope::client)
                    bytes += static_cast<double>(clients.value.count) * window_bytes(*breaker);
            }
    if (bytes > most_bytes)
        mistakes.add(member(root, "clients"),
                     fmt::format("the windows of all clients' breakers take {:.3g} bytes; at most {:.0e} can be kept",
                                 bytes, most_bytes),
                     "make the windows shorter, or let the clients of a group share a breaker");
}

/// The highest number of an alternative that the fallbacks of a stack ask.
std::uint32_t most_alternatives(const Scenario& scenario, const std::string& policy) {
    std::uint32_t most = 0;
    for (const auto& stack : scenario.policies)
        for (const auto& layer : stack.value) {
            const auto* fallback = std::get_if<FallbackSettings>(&layer);
            if (stack.name == policy && fallback && fallback->value == FallbackValue::service)
                most = std::max(most, fallback->alternative);
        }
    return most;
}

/// A fallback to another service needs one.
void check_alternatives(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    const auto check = [&](const auto& caller, const Node& node) {
        const std::uint32_t asked = most_alternatives(scenario, caller.policy);
        if (asked > caller.alternatives.size())
            mistakes.add(member(node, "policy"),
                         fmt::format("a fallback of {} asks alternative {}, but the caller has {}",
                                     in_quotes(caller.policy), asked, caller.alternatives.size()),
                         "name the services in \"alternatives\"");
    };
    for (std::size_t i = 0; i < scenario.clients.size(); ++i)
        check(scenario.clients[i].value, member(root, "clients").children[i]);
    for (std::size_t i = 0; i < scenario.services.size(); ++i) {
        const auto& calls = scenario.services[i].value.calls;
        for (std::size_t k = 0; k < calls.size(); ++k)
            check(calls[k], member(member(root, "services").children[i], "calls").children[k]);
    }
}

}  // namespace

namespace {
PlatformCheck platform_check = nullptr;
}

void set_platform_check(PlatformCheck check) noexcept { platform_check = check; }

void check_depths(const Table<StackSettings>& stacks, const Node& root, Mistakes& mistakes) {
    for (std::size_t i = 0; i < stacks.size(); ++i)
        if (stacks[i].value.size() > max_layers)
            mistakes.add(member(root, "policies").children[i],
                         fmt::format("{} layers; a stack has at most {}", stacks[i].value.size(), max_layers));
}

void check_duplicates(const Node& root, Mistakes& mistakes) {
    std::unordered_map<std::string_view, const Node*> first;
    for (const Node& child : root.children) {
        if (mistakes.full()) return;
        if (root.is(Node::Kind::object) && !first.emplace(child.key, &child).second)
            mistakes.add_at_key(child, fmt::format("{} is written twice in one object", in_quotes(child.key)));
        check_duplicates(child, mistakes);
    }
}

void check_whole(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    check_size(root, "services", mistakes);
    check_size(root, "clients", mistakes);
    check_bins(scenario, root, mistakes);
    check_breakers(scenario, root, mistakes);
    check_alternatives(scenario, root, mistakes);
    check_depths(scenario.policies, root, mistakes);
    for (std::size_t i = 0; i < scenario.faults.size(); ++i)
        // A fault has required fields: it is no bare name.
        check_fault(scenario, scenario.faults[i], member(root, "faults").children[i].children.front(), mistakes);
    if (scenario.chaos) check_chaos(scenario, member(root, "chaos"), mistakes);
    check_trace(scenario, member(root, "fault_trace"), mistakes);
    check_clients(scenario, member(root, "clients"), mistakes);
    check_tiers(scenario, root, mistakes);
    check_backlogs(scenario, root, mistakes);
    check_curves(scenario, root, mistakes);
    if (mistakes.count() == 0) check_requests(scenario, root, mistakes);
    if (mistakes.count() == 0 && platform_check != nullptr) platform_check(scenario, root, mistakes);
}

}  // namespace stampede::scenarios
