#include "sim/platform/platform_watch.hpp"

#include <algorithm>
#include <cmath>
#include <simgrid/s4u.hpp>

namespace stampede::sim {
namespace {

namespace s4u = simgrid::s4u;

constexpr double finest_step_s = 0.01;
constexpr double most_steps = 100'000;

/// More is better: 1 or 0 of what is up or down, minus the latency. Speeds and latencies of what is down do not matter.
double quality_of(const s4u::Host* host, const s4u::Link* link, const std::string& kind) {
    const bool up = host != nullptr ? host->is_on() : link->is_on();
    if (kind == "outage") return up ? 1 : 0;
    if (kind == "slowdown") return host->get_available_speed();
    return kind == "latency" ? -link->get_latency() : link->get_bandwidth();
}

}  // namespace

PlatformWatch::PlatformWatch(const std::vector<s4u::Host*>& hosts) {
    std::vector<s4u::Link*> links;
    for (s4u::Host* from : hosts) {
        if (from == nullptr) continue;
        add(from, nullptr, "outage", "zones." + from->get_name());
        add(from, nullptr, "slowdown", "zones." + from->get_name());
        for (s4u::Host* to : hosts) {
            double seconds = 0;
            try {
                if (to != nullptr && to != from) from->route_to(to, links, &seconds);
            } catch (const std::exception&) {  // told as a route that is missing
                continue;
            }
        }
    }
    std::vector<const s4u::Link*> seen;
    for (const s4u::Link* link : links) {
        if (std::find(seen.begin(), seen.end(), link) != seen.end()) continue;
        seen.push_back(link);
        for (const char* kind : {"outage", "latency", "bandwidth"})
            add(nullptr, link, kind, "links." + link->get_name());
    }
}

void PlatformWatch::add(const s4u::Host* host, const s4u::Link* link, const char* kind, std::string subject) {
    qualities_.push_back({host, link, kind, std::move(subject), quality_of(host, link, kind)});
}

double PlatformWatch::step_s(double end_s) { return std::max(finest_step_s, end_s / most_steps); }

void PlatformWatch::look() {
    const double now = s4u::Engine::get_clock();
    const double rounded = std::round(now / finest_step_s) * finest_step_s;
    for (Quality& quality : qualities_) {
        const double present = quality_of(quality.host, quality.link, quality.kind);
        if (!has_looked_) quality.at_first = present;  // profiles have their say at the beginning
        const bool is_worse = present < quality.at_first;
        if (is_worse == (quality.since_s >= 0)) continue;
        if (!is_worse) over_.push_back({quality.kind, quality.subject, quality.since_s, rounded});
        quality.since_s = is_worse ? rounded : -1;
    }
    has_looked_ = true;
}

std::vector<PlatformFault> PlatformWatch::faults(double end_s) const {
    std::vector<PlatformFault> all = over_;
    for (const Quality& quality : qualities_)
        if (quality.since_s >= 0) all.push_back({quality.kind, quality.subject, quality.since_s, end_s});
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.begin_s < b.begin_s; });
    return all;
}

}  // namespace stampede::sim
