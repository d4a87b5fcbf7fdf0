#pragma once
/// What was set differently in two reports.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "reports/report.hpp"

namespace stampede::reports {

struct SettingChange {
    std::string path;                              ///< as `--set` takes it: "policies.checkout.retry.jitter"
    std::optional<nlohmann::ordered_json> before;  ///< nothing where it was not set
    std::optional<nlohmann::ordered_json> after;

    [[nodiscard]] bool operator==(const SettingChange&) const = default;
};

/// Every smallest part in which two scenarios differ, in the order of the first and then of the second. Elements of
/// lists are known by what they are ("retry"), where one kind occurs several times by its place among them
/// ("timeout[1]").
[[nodiscard]] std::vector<SettingChange> setting_changes(const nlohmann::ordered_json& before,
                                                         const nlohmann::ordered_json& after);

/// The scenario that a variant of the report ran.
[[nodiscard]] nlohmann::ordered_json scenario_of(const Report& report, const Summary& variant);

}  // namespace stampede::reports
