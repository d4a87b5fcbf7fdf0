/// What is wrong with a scenario's platform file, told where the scenario names it.

#include <fmt/format.h>

#include "scenarios/format/checks.hpp"
#include "scenarios/format/suggest.hpp"
#include "sim/platform/platform.hpp"
#include "sim/platform/platform_file.hpp"

namespace stampede::sim {
namespace {

using namespace scenarios;

/// A service whose calls share the cores of hosts says as many as these have.
void check_cores(const Scenario& scenario, const PlatformReport& report, const Node& root, Mistakes& mistakes) {
    for (std::size_t s = 0; s < scenario.services.size(); ++s) {
        const ServiceSettings& service = scenario.services[s].value;
        if (!service.processor || service.processor->model != ProcessorModel::simgrid) continue;
        const std::vector<std::string> zones = service.zones.empty() ? std::vector<std::string>{""} : service.zones;
        for (const std::string& zone : zones) {
            const std::uint16_t number = zone_number(scenario.network, zone);
            if (report.cores[number] == service.processor->cores) continue;
            mistakes.add(member(member(member(root, "services").children[s], "processor"), "cores"),
                         fmt::format("the host {} has {} cores in the platform file",
                                     in_quotes(scenario.network.zones[number]), report.cores[number]));
        }
    }
}

}  // namespace

void check_platform(const Scenario& scenario, const Node& root, Mistakes& mistakes) {
    if (!scenario.network.platform) return;
    const Node& network = member(root, "network");
    const Node& platform = member(network, "platform");
    const PlatformReport report = inspect_platform(scenario);
    if (!report.refusal.empty())
        return mistakes.add(member(platform, "file"), "SimGrid refuses the platform: " + report.refusal);
    if (report.has_too_many_changes)
        return mistakes.add(member(platform, "file"), "hosts change more often than can be simulated",
                            "a profile with a very short period?");
    const auto& zones = scenario.network.zones;
    const Node& names = member(network, "zones");
    const std::vector<std::string_view> hosts(report.hosts.begin(), report.hosts.end());
    for (const std::size_t zone : report.unknown_zones)
        mistakes.add(names.children[zone],
                     fmt::format("there is no host {} in the platform file", in_quotes(zones[zone])),
                     suggest(zones[zone], hosts));
    for (const auto& [from, to] : report.without_route)
        mistakes.add(names.children[from], fmt::format("there is no route from {} to {} in the platform file",
                                                       in_quotes(zones[from]), in_quotes(zones[to])));
    if (report.unknown_zones.empty()) check_cores(scenario, report, root, mistakes);
}

}  // namespace stampede::sim
