#include "sim/platform/platform_watch.hpp"

#include <algorithm>
#include <cmath>
#include <simgrid/s4u.hpp>
#include <tuple>

namespace stampede::sim {
namespace {

namespace s4u = simgrid::s4u;

constexpr double finest_step_s = 0.01;
constexpr double most_steps = 100'000;

/// All on the ways between the hosts, some of them often.
std::vector<s4u::Link*> links_between(const std::vector<s4u::Host*>& hosts) {
    std::vector<s4u::Link*> links;
    for (s4u::Host* from : hosts)
        for (s4u::Host* to : hosts) {
            double seconds = 0;
            try {
                if (from != nullptr && to != nullptr && to != from) from->route_to(to, links, &seconds);
            } catch (const std::exception&) {  // told as a route that is missing
                continue;
            }
        }
    return links;
}

}  // namespace

PlatformWatch::PlatformWatch(const std::vector<s4u::Host*>& hosts) {
    for (const s4u::Host* host : hosts) {
        if (host == nullptr || !places_.emplace(host, qualities_.size()).second) continue;
        for (const Kind kind : {Kind::outage, Kind::slowdown}) add(host, nullptr, kind);
    }
    for (const s4u::Link* link : links_between(hosts)) {
        if (!places_.emplace(link, qualities_.size()).second) continue;
        for (const Kind kind : {Kind::outage, Kind::latency, Kind::bandwidth}) add(nullptr, link, kind);
    }
    const auto host_changed = [this](const s4u::Host& host) { changed(&host); };
    const auto link_changed = [this](const s4u::Link& link) { changed(&link); };
    s4u::Host::on_state_change.connect(host_changed);
    s4u::Host::on_speed_change.connect(host_changed);
    s4u::Link::on_state_change_cb(link_changed);
    s4u::Link::on_bandwidth_change_cb(link_changed);
}

void PlatformWatch::add(const s4u::Host* host, const s4u::Link* link, Kind kind) {
    qualities_.push_back({host, link, kind});
    qualities_.back().at_first = value_of(qualities_.back());
}

/// More is better: 1 or 0 of what is up or down, minus the latency. Speeds and latencies of what is down do not matter.
double PlatformWatch::value_of(const Quality& quality) {
    switch (quality.kind) {
        case Kind::outage:
            return (quality.host != nullptr ? quality.host->is_on() : quality.link->is_on()) ? 1 : 0;
        case Kind::slowdown:
            return quality.host->get_available_speed();
        case Kind::latency:
            return -quality.link->get_latency();
        case Kind::bandwidth:
            break;
    }
    return quality.link->get_bandwidth();
}

double PlatformWatch::step_s(double end_s) { return std::max(finest_step_s, end_s / most_steps); }

void PlatformWatch::look(std::size_t number, double now) {
    Quality& quality = qualities_[number];
    const bool is_worse = value_of(quality) < quality.at_first;
    if (is_worse == (quality.since_s >= 0)) return;
    if (!is_worse) over_.push_back({number, quality.since_s, now});
    quality.since_s = is_worse ? now : -1;
}

void PlatformWatch::changed(const void* what) {
    const auto found = places_.find(what);
    if (found == places_.end()) return;
    const Quality& first = qualities_[found->second];
    const auto is_of_it = [&](const Quality& each) { return each.host == first.host && each.link == first.link; };
    for (std::size_t i = found->second; i < qualities_.size() && is_of_it(qualities_[i]); ++i)
        if (qualities_[i].kind != Kind::latency) look(i, s4u::Engine::get_clock());
}

void PlatformWatch::look_at_latencies() {
    const double now = std::round(s4u::Engine::get_clock() / finest_step_s) * finest_step_s;
    for (std::size_t i = 0; i < qualities_.size(); ++i)
        if (qualities_[i].kind == Kind::latency) look(i, now);
}

PlatformFault PlatformWatch::told(const Worse& worse) const {
    static constexpr const char* names[] = {"outage", "slowdown", "latency", "bandwidth"};
    const Quality& quality = qualities_[worse.quality];
    const std::string subject =
        quality.host != nullptr ? "zones." + quality.host->get_name() : "links." + quality.link->get_name();
    return {names[static_cast<std::size_t>(quality.kind)], subject, worse.begin_s, worse.end_s};
}

std::vector<PlatformFault> PlatformWatch::faults(double end_s) const {
    std::vector<Worse> all = over_;
    for (std::size_t i = 0; i < qualities_.size(); ++i)
        if (qualities_[i].since_s >= 0) all.push_back({i, qualities_[i].since_s, end_s});
    // Not as SimGrid happens to go through its lists.
    std::sort(all.begin(), all.end(), [](const Worse& a, const Worse& b) {
        return std::tie(a.begin_s, a.quality) < std::tie(b.begin_s, b.quality);
    });
    std::vector<PlatformFault> faults;
    for (const Worse& each : all) faults.push_back(told(each));
    return faults;
}

}  // namespace stampede::sim
