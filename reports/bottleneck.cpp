#include "reports/bottleneck.hpp"

#include <algorithm>
#include <vector>

namespace stampede::reports {
namespace {

constexpr std::string_view service_prefix = "services.";

/// Whom a service calls, straight or through others; by subject.
void add_called(const nlohmann::ordered_json& services, const std::string& subject, std::vector<std::string>& called) {
    const auto service = services.find(subject.substr(service_prefix.size()));
    if (service == services.end() || !service->is_object() || !service->contains("calls")) return;
    for (const auto& call : service->at("calls")) {
        if (!call.is_object() || !call.contains("to") || !call.at("to").is_string()) continue;
        const std::string next = std::string(service_prefix) + call.at("to").get<std::string>();
        if (std::find(called.begin(), called.end(), next) != called.end()) continue;
        called.push_back(next);
        add_called(services, next, called);
    }
}

}  // namespace

std::optional<Bottleneck> bottleneck(const Report& report, const Summary& variant) {
    std::vector<Bottleneck> services;
    for (const Quantity& quantity : variant.quantities)
        if (quantity.metric == Metric::service_busiest && quantity.subject.starts_with(service_prefix))
            services.push_back({quantity.subject, quantity.estimate.mean, quantity.estimate.mean >= saturated_from});
    if (services.empty()) return std::nullopt;
    const auto saturated = [&](const std::string& subject) {
        return std::any_of(services.begin(), services.end(),
                           [&](const Bottleneck& b) { return b.is_saturated && b.subject == subject; });
    };
    const nlohmann::ordered_json none = nlohmann::ordered_json::object();
    const auto& tiers = report.scenario.contains("services") ? report.scenario.at("services") : none;
    for (const Bottleneck& service : services) {
        if (!service.is_saturated) continue;
        std::vector<std::string> called;
        add_called(tiers, service.subject, called);
        if (std::none_of(called.begin(), called.end(), saturated)) return service;
    }
    return *std::max_element(services.begin(), services.end(),
                             [](const Bottleneck& a, const Bottleneck& b) { return a.busiest < b.busiest; });
}

}  // namespace stampede::reports
