#include "scenarios/format/connections.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/format/checks.hpp"

namespace stampede::scenarios {
namespace {

bool is_connected_to(const Scenario& scenario, const std::string& service) {
    const auto opens = [&](const auto& caller, const std::string& called) {
        return caller.connections && called == service;
    };
    return std::any_of(scenario.clients.begin(), scenario.clients.end(),
                       [&](const auto& each) { return opens(each.value, each.value.calls); }) ||
           std::any_of(scenario.services.begin(), scenario.services.end(), [&](const auto& each) {
               const auto& calls = each.value.calls;
               return std::any_of(calls.begin(), calls.end(), [&](const auto& call) { return opens(call, call.to); });
           });
}

}  // namespace

void check_backlogs(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    for (std::size_t i = 0; i < scenario.services.size(); ++i) {
        const auto& [name, service] = scenario.services[i];
        if (service.backlog && !is_connected_to(scenario, name))
            mistakes.add(member(member(root, "services").children[i], "backlog"),
                         fmt::format("nobody opens connections to {}: its backlog would stay empty", in_quotes(name)),
                         "give those that call it \"connections\"");
    }
}

}  // namespace stampede::scenarios
