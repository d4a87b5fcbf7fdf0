#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {

void add_connections(const ClientView& view, Sheet& sheet) {
    if (view.connections == nullptr) return;
    const ConnectionTally& tally = *view.connections;
    const double seconds = to_seconds(view.run.duration - view.run.warmup);
    sheet.add(Metric::connections_opened, tally.opened);
    sheet.add(Metric::connections_asked_again, tally.asked_again);
    sheet.add(Metric::connections_broken, tally.broken);
    sheet.add_ratio(Metric::connections_wait_mean, tally.wait_s, static_cast<double>(tally.asked));
    sheet.add_ratio(Metric::connections_utilisation, tally.in_use_s, static_cast<double>(tally.places) * seconds);
}

}  // namespace stampede::sim
