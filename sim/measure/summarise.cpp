#include "sim/measure/summarise.hpp"

#include <algorithm>

#include "sim/measure/metrics/sheet.hpp"
#include "sim/platform/platform_file.hpp"

namespace stampede::sim {
namespace {

/// Reports show so many breakers one by one.
constexpr std::size_t sampled_breakers = 50;

/// The records of one caller's breakers, or of all clients'.
BreakerHistory history_of(const Simulation& simulation, std::optional<std::size_t> caller) {
    const auto& entries = simulation.breakers().entries();
    const auto belongs = [&](std::uint32_t breaker) {
        const std::size_t owner = entries[breaker].caller;
        return caller ? owner == *caller : owner < simulation.populations();
    };
    BreakerHistory history;
    for (std::uint32_t i = 0; i < entries.size(); ++i) history.count += belongs(i) ? 1 : 0;
    for (const BreakerRecord& record : simulation.recorder().breakers())
        if (belongs(record.transition.breaker)) history.records.push_back(record);
    return history;
}

/// Of the first so many.
template <class Tally>
Tally merged(const std::vector<Tally>& tallies, std::size_t count) {
    Tally sum = tallies.front();
    for (std::size_t i = 1; i < count; ++i) sum.merge(tallies[i]);
    return sum;
}

/// Of the populations that have pools; nothing where none has.
std::optional<ConnectionTally> merged_connections(const Simulation& simulation) {
    std::optional<ConnectionTally> sum;
    for (std::size_t p = 0; p < simulation.populations(); ++p)
        if (const ConnectionTally* tally = simulation.connections().tally(p)) {
            if (!sum) sum.emplace();
            sum->merge(*tally);
        }
    return sum;
}

void add_client_metrics(const ClientView& view, Sheet& sheet) {
    add_requests(view, sheet);
    add_attempts(view, sheet);
    add_latency(view, sheet);
    add_retry(view, sheet);
    add_recovery(view, sheet);
    add_jitter(view, sheet);
    add_breakers(view, sheet);
    add_refusals(view, sheet);
    add_connections(view, sheet);
}

void add_service_metrics(const ServiceView& view, Sheet& sheet) {
    add_herd(view, sheet);
    add_service(view, sheet);
    add_load(view, sheet);
}

template <class Bin, class Read>
void add_series(Result& result, std::string name, const std::string& subject, std::string unit,
                const std::vector<Bin>& bins, Read&& read) {
    Series series{std::move(name), subject, std::move(unit), {}};
    series.values.reserve(bins.size());
    for (const Bin& bin : bins) series.values.push_back(static_cast<double>(read(bin)));
    result.series.push_back(std::move(series));
}

void add_service_series(Result& result, const std::string& subject, const ServiceTally& tally) {
    add_series(result, "arrivals", subject, "1/bin", tally.bins, [](const ServiceBin& bin) { return bin.total(); });
    add_series(result, "capacity", subject, "1/bin", tally.bins,
               [&](const ServiceBin&) { return tally.capacity_per_s * result.bin_s; });
    add_series(result, "queue", subject, "count", tally.bins, [](const ServiceBin& bin) { return bin.queued; });
    add_series(result, "utilisation", subject, "share", tally.bins,
               [&](const ServiceBin& bin) { return bin.busy_worker_s / (tally.workers * result.bin_s); });
    for (std::size_t k = 0; k < listed_attempts; ++k) {
        const bool any =
            std::any_of(tally.bins.begin(), tally.bins.end(), [&](const auto& b) { return b.arrivals[k] > 0; });
        if (!any) continue;
        add_series(result, "arrivals_by_attempt." + std::to_string(k + 1), subject, "1/bin", tally.bins,
                   [&](const ServiceBin& bin) { return bin.arrivals[k]; });
    }
}

void add_client_series(Result& result, const std::string& subject, const ClientTally& tally, bool has_breakers) {
    add_series(result, "requests", subject, "1/bin", tally.bins, [](const ClientBin& bin) { return bin.requests; });
    add_series(result, "goodput", subject, "1/bin", tally.bins, [](const ClientBin& bin) { return bin.succeeded; });
    if (!has_breakers) return;
    add_series(result, "breakers_open", subject, "count", tally.bins,
               [](const ClientBin& b) { return b.breakers_open; });
    add_series(result, "breakers_half_open", subject, "count", tally.bins,
               [](const ClientBin& bin) { return bin.breakers_half_open; });
}

void add_latencies(Result& result, const std::string& subject, const ClientTally& tally) {
    LatencyHistogram& histogram = result.latencies.emplace_back(LatencyHistogram{subject, {}, {}});
    tally.latency.for_each_bucket([&](double upper_s, std::uint64_t count) {
        histogram.upper_s.push_back(upper_s);
        histogram.counts.push_back(count);
    });
}

/// What became of the calls to each endpoint, as their callers saw it.
void add_endpoints(Result& result, const scenarios::Scenario& scenario, const Simulation& simulation,
                   const Windows& windows) {
    std::size_t place = 0;
    for (std::size_t s = 0; s < scenario.services.size(); ++s)
        for (const auto& endpoint : scenario.services[s].value.endpoints) {
            const std::string subject = "services." + scenario.services[s].name + "/" + endpoint.name;
            const ClientTally& tally = simulation.endpoints()[place++];
            const BreakerHistory no_breakers;
            const ClientView view{tally, simulation.recorder().services()[s], no_breakers, windows, scenario.run};
            Sheet sheet(result, subject);
            add_requests(view, sheet);
            add_attempts(view, sheet);
            add_latency(view, sheet);
            add_latencies(result, subject, tally);
        }
}

std::string breaker_name(const Simulation& simulation, const BreakerRegistry::Entry& entry) {
    return simulation.callers()[entry.caller].subject() + "/layer[" + std::to_string(entry.layer) + "]/breaker[" +
           std::to_string(entry.instance) + "]";
}

void add_lanes(Result& result, const Simulation& simulation) {
    const auto& entries = simulation.breakers().entries();
    result.breaker_count = entries.size();
    for (std::size_t i = 0; i < std::min(entries.size(), sampled_breakers); ++i)
        result.breakers.push_back({breaker_name(simulation, entries[i]), {}});
    for (const BreakerRecord& record : simulation.recorder().breakers()) {
        const BreakerTransition& change = record.transition;
        if (change.breaker >= result.breakers.size()) continue;
        result.breakers[change.breaker].changes.push_back({record.at, change.from, change.to, change.reason});
    }
}

}  // namespace

Result summarise(const scenarios::Scenario& scenario, std::uint64_t seed, const Simulation& simulation) {
    Result result;
    result.seed = seed;
    result.bin_s = to_seconds(scenario.run.bin);
    result.faults = fault_windows(scenario, simulation.faults().faults(), simulation.faults().drawn());
    for (const PlatformFault& fault : simulation.platform().faults())
        if (fault.begin_s < to_seconds(simulation.end()))
            result.faults.push_back({fault.kind, fault.subject, Instant{} + from_seconds(fault.begin_s),
                                     Instant{} + from_seconds(fault.end_s)});
    result.stopped_by = simulation.stopped_by();
    result.end = simulation.end();
    for (FaultWindow& fault : result.faults) fault.end = std::min(fault.end, result.end);
    result.events = simulation.events();
    result.fingerprint = simulation.fingerprint();

    const auto& clients = simulation.recorder().clients();
    const auto& services = simulation.recorder().services();
    const Windows windows = windows_of(scenario.run, result.faults, clients.front().bins.size());

    const auto enter_clients = [&](const std::string& subject, const ClientView& view) {
        Sheet sheet(result, subject);
        add_client_metrics(view, sheet);
        add_client_series(result, subject, view.tally, view.breakers.count > 0);
        add_latencies(result, subject, view.tally);
    };
    const auto enter_service = [&](const std::string& subject, const ServiceView& view) {
        Sheet sheet(result, subject);
        add_service_metrics(view, sheet);
        add_service_series(result, subject, view.tally);
    };

    const std::size_t populations = simulation.populations();
    const ClientTally all_clients = merged(clients, populations);
    std::vector<BreakerHistory> histories;
    for (std::size_t i = 0; i < clients.size(); ++i) histories.push_back(history_of(simulation, i));
    const bool doubles = may_double(scenario);
    std::vector<ClientView> client_views;
    for (std::size_t i = 0; i < clients.size(); ++i)
        client_views.push_back({clients[i],
                                services[simulation.callers()[i].service()],
                                histories[i],
                                windows,
                                scenario.run,
                                simulation.connections().tally(i),
                                {},
                                doubles});
    std::vector<ServiceView> service_views;
    for (const ServiceTally& service : services)
        service_views.push_back({service, windows, scenario.run, all_clients.requests});

    result.attempts = simulation.recorder().attempts();
    const ServiceTally all_services = merged(services, services.size());
    const auto all_connections = merged_connections(simulation);
    enter_clients("", {all_clients,
                       all_services,
                       history_of(simulation, std::nullopt),
                       windows,
                       scenario.run,
                       all_connections ? &*all_connections : nullptr,
                       {client_views.begin(), client_views.begin() + static_cast<std::ptrdiff_t>(populations)},
                       doubles});
    enter_service("", {all_services, windows, scenario.run, all_clients.requests, service_views});
    for (std::size_t i = 0; i < clients.size(); ++i) enter_clients(simulation.callers()[i].subject(), client_views[i]);
    for (std::size_t i = 0; i < services.size(); ++i)
        enter_service("services." + scenario.services[i].name, service_views[i]);
    add_endpoints(result, scenario, simulation, windows);
    add_lanes(result, simulation);
    result.trace = simulation.recorder().tracer().finish(Instant{} + scenario.run.duration);

    const auto by_catalogue = [](const auto& a, const auto& b) { return a.metric < b.metric; };
    std::stable_sort(result.values.begin(), result.values.end(), by_catalogue);
    std::stable_sort(result.indexed.begin(), result.indexed.end(), by_catalogue);
    return result;
}

}  // namespace stampede::sim
