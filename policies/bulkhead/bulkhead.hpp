#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede {

struct BulkheadSettings {
    Scope scope = Scope::client;
    std::uint32_t max_concurrent = 25;
    std::uint32_t max_waiting = 0;
    std::optional<Duration> max_wait;

    static constexpr std::string_view name = "bulkhead";
    static constexpr std::string_view doc = "Bounds how many calls are under way at once; a bounded number may wait, first come first served.";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &BulkheadSettings::scope, "who shares one bulkhead"),
            field("max_concurrent", &BulkheadSettings::max_concurrent, "calls under way at once").from(1).up_to(1'000'000),
            field("max_waiting", &BulkheadSettings::max_waiting, "calls that may wait for a place").from(0).up_to(1'000'000),
            field("max_wait", &BulkheadSettings::max_wait, "longest wait; without it a call waits as long as it takes")
                .above(0)
                .up_to(86'400)};
    }
};

}  // namespace stampede
