#pragma once
/// People: they wait so long and no longer, and then reload.

#include <cstdint>

#include "policies/core/settings.hpp"
#include "scenarios/format/distributions.hpp"

namespace stampede::scenarios {

struct PatienceSettings {
    TimeDistribution time = ConstantTime{};
    Share reload = 0.5;
    TimeDistribution delay = ConstantTime{};
    std::uint32_t max_reloads = 3;
    bool on_failure = false;
    static constexpr std::string_view doc = "whoever waits behind the client gives up after a while, and may reload";
    static constexpr auto fields() {
        return std::tuple{
            field("time", &PatienceSettings::time, "how long they wait for one request, drawn for each").required(),
            field("reload", &PatienceSettings::reload, "chance that they reload once they have given up"),
            field("delay", &PatienceSettings::delay, "time from giving up to the reload"),
            field("max_reloads", &PatienceSettings::max_reloads, "of one visit").up_to(100),
            field("on_failure", &PatienceSettings::on_failure,
                  "they may also reload where the request fails or is refused")};
    }
};

}  // namespace stampede::scenarios
