#include "scenarios/format/targets.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace stampede::scenarios {
namespace {

constexpr std::string_view zone_prefix = "zones.";
constexpr std::string_view clients_prefix = "clients.";

template <class T>
std::optional<std::size_t> place(const Table<T>& table, std::string_view name) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
    if (found == table.end()) return std::nullopt;
    return static_cast<std::size_t>(found - table.begin());
}

std::optional<Target> find_instance(const Scenario& scenario, std::string_view text) {
    const std::size_t open = text.find('[');
    const std::string_view digits = text.substr(open + 1, text.size() - open - 2);
    const auto service = place(scenario.services, text.substr(0, open));
    std::uint32_t instance = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), instance);
    if (!service || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    if (instance >= scenario.services[*service].value.most_instances()) return std::nullopt;
    return Target{Target::Kind::instance, *service, instance};
}

/// "api/checkout", "api[2]/checkout"
std::optional<Target> find_endpoint(const Scenario& scenario, std::string_view text) {
    const std::size_t slash = text.find('/');
    auto target = find_target(scenario, text.substr(0, slash));
    if (!target || (target->kind != Target::Kind::service && target->kind != Target::Kind::instance))
        return std::nullopt;
    const auto endpoint = place(scenario.services[target->index].value.endpoints, text.substr(slash + 1));
    if (!endpoint) return std::nullopt;
    target->endpoint = static_cast<std::uint8_t>(*endpoint + 1);
    return target;
}

/// Instances without a zone of their own are in the first.
bool belongs(const Scenario& scenario, std::size_t service, std::uint32_t instance, const Target& target) {
    const auto& zones = scenario.services[service].value.zones;
    switch (target.kind) {
        case Target::Kind::service:
            return service == target.index;
        case Target::Kind::instance:
            return service == target.index && instance == target.instance;
        case Target::Kind::zone:
            return zones.empty() ? target.index == 0
                                 : zones[instance % zones.size()] == scenario.network.zones[target.index];
        case Target::Kind::clients:
            break;
    }
    return false;
}

}  // namespace

std::optional<Target> find_target(const Scenario& scenario, std::string_view text) {
    if (text.starts_with(zone_prefix)) {
        const auto& zones = scenario.network.zones;
        const auto found = std::find(zones.begin(), zones.end(), text.substr(zone_prefix.size()));
        if (found == zones.end()) return std::nullopt;
        return Target{Target::Kind::zone, static_cast<std::size_t>(found - zones.begin())};
    }
    if (text.starts_with(clients_prefix)) {
        const auto clients = place(scenario.clients, text.substr(clients_prefix.size()));
        if (!clients) return std::nullopt;
        return Target{Target::Kind::clients, *clients};
    }
    if (!place(scenario.services, text) && text.find('/') != std::string_view::npos)
        return find_endpoint(scenario, text);
    // Names hold no brackets and no points.
    if (text.ends_with(']') && text.find('[') != std::string_view::npos) return find_instance(scenario, text);
    const auto service = place(scenario.services, text);
    if (!service) return std::nullopt;
    return Target{Target::Kind::service, *service};
}

std::vector<std::uint16_t> struck_by(const Scenario& scenario, std::string_view text, double share) {
    std::vector<std::uint16_t> struck;
    const auto target = find_target(scenario, text);
    std::uint16_t number = 0;
    for (std::size_t s = 0; target && s < scenario.services.size(); ++s)
        for (std::uint32_t k = 0; k < scenario.services[s].value.most_instances(); ++k, ++number)
            if (belongs(scenario, s, k, *target)) struck.push_back(number);
    if (struck.empty()) return struck;
    const auto wanted = static_cast<std::size_t>(std::ceil(share * static_cast<double>(struck.size()) - 1e-9));
    struck.resize(std::clamp<std::size_t>(wanted, 1, struck.size()));
    return struck;
}

std::string subject_of(std::string_view text) {
    const bool is_service = !text.starts_with(zone_prefix) && !text.starts_with(clients_prefix);
    return (is_service ? "services." : "") + std::string(text);
}

}  // namespace stampede::scenarios
