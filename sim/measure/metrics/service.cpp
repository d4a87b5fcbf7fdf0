#include "sim/measure/metrics/sheet.hpp"

namespace stampede::sim {

void add_service(const ServiceView& view, Sheet& sheet) {
    const ServiceTally& tally = view.tally;
    const double seconds = to_seconds(view.run.duration - view.run.warmup);
    sheet.add_ratio(Metric::retry_wasted_work, tally.wasted_s, tally.served_s);
    sheet.add_ratio(Metric::service_utilisation, tally.busy_worker_s, tally.workers * seconds);
    sheet.add_ratio(Metric::service_queue_mean, tally.queued_s, seconds);
    sheet.add(Metric::service_queue_peak, tally.queue_peak);
    sheet.add_ratio(Metric::service_wait_mean, tally.wait_s, static_cast<double>(tally.started));
    sheet.add_ratio(Metric::service_waited, static_cast<double>(tally.waited), static_cast<double>(tally.started));
    sheet.add(Metric::service_shed, tally.shed);
    sheet.add(Metric::service_called, tally.called);
    sheet.add_ratio(Metric::service_amplification, static_cast<double>(tally.called),
                    static_cast<double>(view.requests));
    sheet.add(Metric::service_crashes, tally.crashes);
}

}  // namespace stampede::sim
