#include "scenarios/format/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "policies/random/distributions.hpp"
#include "policies/random/gamma.hpp"
#include "scenarios/format/faults/schedule.hpp"
#include "scenarios/format/quantity.hpp"

namespace stampede::scenarios {
namespace {

/// Bins are kept in memory for every series.
constexpr double most_bins = 2'000'000;

struct Mean {
    double operator()(const ConstantTime& d) const { return to_seconds(d.value); }
    double operator()(const ExponentialTime& d) const { return to_seconds(d.mean); }
    double operator()(const UniformTime& d) const { return (to_seconds(d.min) + to_seconds(d.max)) / 2; }
    /// exp(mu + sigma²/2), where the median is exp(mu) and the 99th percentile exp(mu + 2.326 sigma).
    double operator()(const LognormalTime& d) const {
        const double sigma = portable_log(to_seconds(d.p99) / to_seconds(d.median)) / normal_quantile(0.99);
        return to_seconds(d.median) * portable_exp(sigma * sigma / 2);
    }
    double operator()(const GammaTime& d) const { return to_seconds(d.mean); }
    double operator()(const ParetoTime& d) const { return to_seconds(d.min) * d.alpha / (d.alpha - 1); }
    double operator()(const WeibullTime& d) const { return to_seconds(d.scale) * gamma_function(1 + 1 / d.shape); }
    double operator()(const BimodalTime& d) const {
        return (1 - d.slow_share) * to_seconds(d.fast) + d.slow_share * to_seconds(d.slow);
    }
    double operator()(const EmpiricalTime& d) const {
        double sum = 0;
        auto count = static_cast<double>(d.values.size());
        for (const Duration value : d.values) sum += to_seconds(value);
        for (const CountedTime& each : d.histogram) {
            sum += to_seconds(each.value) * static_cast<double>(each.count);
            count += static_cast<double>(each.count);
        }
        return sum / count;
    }
    double operator()(const MixtureTime& d) const {
        double sum = 0;
        double weights = 0;
        for (const auto& part : d.parts) {
            sum += part.weight * std::visit(*this, part.time);
            weights += part.weight;
        }
        return sum / weights;
    }
};

struct RequestsOf {
    std::uint32_t clients;
    Duration run;
    double operator()(const OpenLoad& load) const { return expected_requests(load, clients, run); }
    double operator()(const ClosedLoad& load) const {
        return clients * load.concurrency * to_seconds(run) / mean_of(load.think);
    }
};

/// What surges make of a population's requests at the most, over the whole run.
double surge_factor(const Scenario& scenario, const std::string& population) {
    double factor = 1;
    for (const Fault& fault : scenario.faults) {
        const auto* surge = std::get_if<SurgeFault>(&fault);
        if (!surge || surge->on != population || surge->factor <= 1) continue;
        for (const Occurrence& time : occurrences_of(fault, scenario))
            factor += (surge->factor - 1) * surge->share * to_seconds(time.end - time.begin) /
                      to_seconds(scenario.run.duration);
    }
    return factor;
}

void check_way(const WaySettings& way, Problems& problems) {
    if (way.jitter > way.latency)
        problems.add("jitter",
                     fmt::format("jitter ({}) is above the latency ({}): messages would arrive before they are sent",
                                 text_of(way.jitter), text_of(way.latency)));
    if (way.shared && !way.bandwidth) problems.add("shared", "there is no bandwidth to share");
}

}  // namespace

double mean_of(const TimeDistribution& distribution) { return std::visit(Mean{}, distribution); }

double mean_service_time(const ServiceSettings& service) {
    double sum = 0;
    double weights = 0;
    for (const auto& [name, endpoint] : service.endpoints) {
        sum += endpoint.weight * mean_of(endpoint.service_time.value_or(service.service_time));
        weights += endpoint.weight;
    }
    return weights > 0 ? sum / weights : mean_of(service.service_time);
}

double expected_requests(const Scenario& scenario) {
    double total = 0;
    for (const auto& clients : scenario.clients)
        total += std::visit(RequestsOf{clients.value.count, scenario.run.duration}, clients.value.load) *
                 surge_factor(scenario, "clients." + clients.name);
    return total;
}

void UniformTime::check(Problems& problems) const {
    if (max < min) problems.add("max", fmt::format("max ({}) is below min ({})", text_of(max), text_of(min)));
}

void LognormalTime::check(Problems& problems) const {
    if (p99 <= median)
        problems.add("p99", fmt::format("p99 ({}) must be above the median ({})", text_of(p99), text_of(median)));
}

void EmpiricalTime::check(Problems& problems) const {
    if (!values.empty() && !histogram.empty()) problems.add("histogram", "goes without \"values\"");
    const auto has_some = [](const CountedTime& each) { return each.count > 0; };
    if (values.empty() && std::none_of(histogram.begin(), histogram.end(), has_some))
        problems.add(histogram.empty() ? "values" : "histogram", "no values: at least one is needed");
}

void MixtureTime::check(Problems& problems) const {
    if (parts.empty()) problems.add("parts", "no parts: at least one is needed");
}

void NetworkSettings::check(Problems& problems) const {
    check_way(*this, problems);
    if (!platform) return;
    if (zones.empty()) problems.add("platform", "no host is used: name those that matter in \"zones\"");
    if (!links.empty()) problems.add("links", "the platform file says what lies between its hosts");
    if (latency != WaySettings{}.latency || jitter > Duration::zero())
        problems.add(jitter > Duration::zero() ? "jitter" : "latency", "the platform file says how long ways are");
    if (bandwidth || in_order)
        problems.add(bandwidth ? "bandwidth" : "in_order", "messages are flows on the links of the platform file");
}

void ProcessorSettings::check(Problems& problems) const {
    if (model == ProcessorModel::simgrid && std::trunc(cores) != cores)
        problems.add("cores", "a SimGrid host has a whole number of cores");
}

void ServiceSettings::check(Problems& problems) const {
    if (!holds_worker &&
        std::any_of(calls.begin(), calls.end(), [](const auto& c) { return c.when == CallMoment::before; }))
        problems.add("holds_worker",
                     "a call before the service's own work is made by the worker, which must wait for it");
    constexpr std::size_t most_endpoints = 63;  // messages name them by 6 bits
    if (endpoints.size() > most_endpoints)
        problems.add("endpoints",
                     fmt::format("{} endpoints; at most {} can be simulated", endpoints.size(), most_endpoints));
    if (!endpoints.empty() &&
        std::all_of(endpoints.begin(), endpoints.end(), [](const auto& each) { return each.value.weight == 0; }))
        problems.add("endpoints", "no weight is above 0: calls that name no endpoint could go to none");
    if (autoscale && autoscale->max < instances)
        problems.add("autoscale",
                     fmt::format("at most {} instances, but it begins with {}", autoscale->max, instances));
    if (queue.timeout && std::holds_alternative<CodelDiscipline>(queue.discipline))
        problems.add("queue", "codel bounds the wait itself: a timeout beside it would hide what it does");
    if (!calls.empty() && calls.front().parallel)
        problems.add("calls", "the first call has none before it to be parallel to");
    for (std::size_t i = 1; i < calls.size(); ++i)
        if (calls[i].parallel && calls[i].when != calls[i - 1].when)
            problems.add("calls",
                         "a call that is parallel to the one before it is made at the same time, before or after");
}

void ZoneLink::check(Problems& problems) const { check_way(*this, problems); }

void NetworkFault::check(Problems& problems) const {
    if (loss == 0 && duplication == 0 && !latency && !bandwidth)
        problems.add("loss", "the fault does nothing: say loss, duplication, latency or bandwidth");
}

void ClosedLoad::check(Problems& problems) const {
    if (mean_of(think) <= 0)
        problems.add("think", "a client that does not think at all could make any number of requests in no time");
}

void ClientSettings::check(Problems& problems) const {
    if (groups > count) problems.add("groups", fmt::format("{} groups, but only {} clients", groups, count));
    if (priorities.empty()) return;
    double sum = 0;
    for (const Share share : priorities) sum += share;
    if (sum < 1 - 1e-9 || sum > 1 + 1e-9) problems.add("priorities", fmt::format("add up to {}, not to 1", sum));
    if (priorities.size() > 128) problems.add("priorities", "are more than 128");
    if (priority != 0) problems.add("priority", "goes without \"priorities\"");
}

void RunSettings::check(Problems& problems) const {
    if (warmup >= duration)
        problems.add("warmup", fmt::format("the warm-up ({}) leaves nothing of the duration ({}) to measure",
                                           text_of(warmup), text_of(duration)));
    const double bins = to_seconds(duration) / to_seconds(bin);
    if (bins > most_bins)
        problems.add("bin",
                     fmt::format("{:.0f} bins in {}; at most {:.0f} are kept", bins, text_of(duration), most_bins));
}

}  // namespace stampede::scenarios
