#pragma once
/// Snapshots as text that monitoring systems scrape.

#include <string>
#include <string_view>
#include <vector>

#include "policies/metrics/snapshot.hpp"

namespace stampede {

/// The two differ in the name by which a counter is announced, and in nothing else; both end with "# EOF".
enum class TextFormat : std::uint8_t {
    prometheus,   ///< Prometheus text format 0.0.4
    openmetrics,  ///< OpenMetrics 1.0
};

/// To be served under `Content-Type`.
[[nodiscard]] std::string_view content_type(TextFormat format) noexcept;

/// One driver of several on a page.
struct NamedSnapshot {
    std::string name;  ///< any text in UTF-8; becomes the label `client`
    Snapshot snapshot;
};

/// Every metric is named `stampede_…`; times are in seconds. `clients` are those of several drivers in one page; names
/// should differ.
[[nodiscard]] std::string exposition(const std::vector<NamedSnapshot>& clients,
                                     TextFormat format = TextFormat::prometheus);
/// Of a single driver, without a label.
[[nodiscard]] std::string exposition(const Snapshot& snapshot, TextFormat format = TextFormat::prometheus);

}  // namespace stampede
