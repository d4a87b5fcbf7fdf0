#include "reports/what_happened.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "reports/bottleneck.hpp"
#include "reports/text/quantity.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
namespace {

using enum Metric;

const Estimate* told(const Summary& variant, Metric metric, const std::string& subject = {}) {
    const Quantity* quantity = variant.find(metric, subject);
    return quantity && quantity->estimate.has_value() ? &quantity->estimate : nullptr;
}

/// "5.30 ±0.12 s"; alone where all seeds agree.
std::string quoted(const Estimate& estimate, Metric metric) {
    const Unit unit = info(metric).unit;
    return keep_together(estimate.lo == estimate.hi ? readable(estimate.mean, unit) : readable(estimate, unit));
}

/// As the reader knows it: "orders" of "services.orders", "zone east" of "zones.east".
std::string name_of(const std::string& subject) {
    const auto after = [&](std::string_view prefix) { return plain(subject.substr(prefix.size())); };
    if (subject.starts_with("services.")) return after("services.");
    if (subject.starts_with("zones.")) return "zone " + after("zones.");
    if (subject.starts_with("links.")) return "link " + after("links.");
    if (subject.starts_with("clients.")) return "clients " + after("clients.");
    return plain(subject);
}

std::string in_seeds(std::size_t some, std::size_t all) {
    if (some == all) return all == 1 ? "" : fmt::format(" in all {} seeds", all);
    return fmt::format(" in {} of {} seeds", some, all);
}

std::size_t seeds_that_say_yes(const Estimate& estimate) {
    return static_cast<std::size_t>(std::lround(estimate.mean * static_cast<double>(estimate.count)));
}

// ── What it is about ─────────────────────────────────────────────────────────────────────────────────────────────

/// "the outage of payments at 30 s", "the first of 3 faults (outage of payments at 30 s)".
std::string first_fault(const Summary& variant) {
    const auto first = std::min_element(variant.faults.begin(), variant.faults.end(),
                                        [](const auto& a, const auto& b) { return a.begin < b.begin; });
    const std::string what = fmt::format("{} of {} at {}", plain(first->kind), name_of(first->subject),
                                         keep_together(readable(to_seconds(first->begin - Instant{}), Unit::seconds)));
    if (variant.faults.size() == 1) return "the " + what;
    return fmt::format("the first of {} faults ({})", variant.faults.size(), what);
}

std::string degradation(const Summary& variant) {
    const Estimate* lowest = told(variant, recovery_lowest_goodput);
    if (!lowest) return {};
    const Estimate* after = told(variant, recovery_degraded_after);
    if (!after)
        return fmt::format("Goodput holds through {}: {} of the normal in its lowest second.", first_fault(variant),
                           quoted(*lowest, recovery_lowest_goodput));
    const std::string when = after->mean == 0 ? "as soon as" : quoted(*after, recovery_degraded_after) + " after";
    return fmt::format("Goodput falls below 90 % of the normal {} {} begins{}, and to {} in its lowest second.", when,
                       first_fault(variant), after->count == lowest->count ? "" : in_seeds(after->count, lowest->count),
                       quoted(*lowest, recovery_lowest_goodput));
}

// ── Whether it comes back ────────────────────────────────────────────────────────────────────────────────────────

/// In how many seeds a variant never recovers, and in how many of these it is metastable.
struct Fate {
    std::size_t seeds = 0;
    std::size_t never = 0;
    std::size_t metastable = 0;
};

Fate fate_of(const Summary& variant) {
    Fate fate;
    if (const Estimate* time = told(variant, recovery_time)) fate = {time->count, time->nevers, 0};
    if (const Estimate* stuck = told(variant, recovery_metastable)) fate.metastable = seeds_that_say_yes(*stuck);
    return fate;
}

/// Goodput can be back, late, while a service works its backlog off: worth telling where that takes a second longer.
std::string backlog(const Summary& variant) {
    const Estimate* drained = told(variant, herd_drain_time);
    if (!drained) return {};
    if (drained->nevers > 0)
        return fmt::format("Queues are not back to normal when the run ends{}.",
                           in_seeds(drained->nevers, drained->count));
    if (drained->mean < told(variant, recovery_time)->mean + 1) return {};
    return fmt::format("Queues are back to normal {} after the last fault ends.", quoted(*drained, herd_drain_time));
}

std::string goodput_back(const Summary& variant) {
    if (!told(variant, recovery_degraded_after)) return {};
    const Estimate& time = *told(variant, recovery_time);
    if (time.mean == 0) return "It recovers as soon as the last fault ends.";
    return fmt::format("It recovers {} after the last fault ends.", quoted(time, recovery_time));
}

std::string recovery(const Summary& variant, const Fate& fate) {
    if (fate.seeds == 0)
        return told(variant, recovery_lowest_goodput)
                   ? "Too little time follows the last fault to tell whether it recovers."
                   : "";
    if (fate.never == 0) {
        const std::string back = goodput_back(variant);
        const std::string queues = backlog(variant);
        return back.empty() || queues.empty() ? back + queues : back + ' ' + queues;
    }
    std::string text = fmt::format("It has not recovered when the run ends{}", in_seeds(fate.never, fate.seeds));
    if (const Estimate* end = told(variant, recovery_goodput_at_end))
        text += fmt::format(": goodput is then {} of the normal", quoted(*end, recovery_goodput_at_end));
    return text + '.';
}

std::string verdict_on_load(const Summary& variant, const Fate& fate, const std::string& service) {
    const Estimate* offered = told(variant, service_offered_load, service);
    if (fate.never == 0 || !offered) return {};
    const std::string share = quoted(*offered, service_offered_load);
    if (fate.metastable == 0)
        return fmt::format("That is overload, not metastability: first attempts alone are {} of what {} can do.", share,
                           name_of(service));
    return fmt::format(
        "It is metastable{}: the fault is over, first attempts are {} of what {} can do, and yet goodput stays down.",
        fate.metastable == fate.seeds ? "" : in_seeds(fate.metastable, fate.seeds), share, name_of(service));
}

// ── Where and why ────────────────────────────────────────────────────────────────────────────────────────────────

/// Seconds of the service's own work that its longest queue held; nothing where its capacity is not told.
std::string queue_as_time(const Summary& variant, const std::string& service, const Estimate& queue) {
    const SeriesSummary* capacity = variant.find_series("capacity", service);
    if (!capacity || capacity->bins.empty() || !(capacity->bins.front().mean > 0)) return {};
    const double seconds = queue.mean * variant.bin_s / capacity->bins.front().mean;
    return fmt::format(", {} of its work", keep_together(readable(seconds, Unit::seconds)));
}

std::string place(const Summary& variant, const Bottleneck& where) {
    const Estimate& busiest = *told(variant, service_busiest, where.subject);
    const std::string busy = quoted(busiest, service_busiest);
    if (!where.is_saturated)
        return fmt::format("No service is saturated: the busiest, {}, is {} busy at most.", name_of(where.subject),
                           busy);
    std::string text = fmt::format("The bottleneck is {}: {} busy", name_of(where.subject), busy);
    if (const Estimate* queue = told(variant, service_queue_peak, where.subject); queue && queue->mean > 0)
        text += fmt::format(", {} waiting at the worst{}", quoted(*queue, service_queue_peak),
                            queue_as_time(variant, where.subject, *queue));
    return text + '.';
}

/// Share of the breakers that are open, mean over the last 5 s.
double open_at_end(const Summary& variant) {
    const SeriesSummary* open = variant.find_series("breakers_open");
    if (!open || open->bins.empty() || variant.breaker_count == 0) return 0;
    const std::size_t last = std::min(open->bins.size(), static_cast<std::size_t>(5 / variant.bin_s + 0.5));
    double sum = 0;
    for (std::size_t i = open->bins.size() - last; i < open->bins.size(); ++i) sum += open->bins[i].mean;
    return sum / static_cast<double>(last) / static_cast<double>(variant.breaker_count);
}

/// What keeps goodput down, from the numbers; several may hold. Each is quoted from where it is of weight on.
std::vector<std::string> causes(const Summary& variant, const std::string& service) {
    std::vector<std::string> all;
    const Estimate* offered = told(variant, service_offered_load, service);
    const Estimate* arriving = told(variant, service_arriving_load, service);
    if (offered && arriving && arriving->mean > 1 && arriving->mean > 1.1 * offered->mean)
        all.push_back(
            fmt::format("retries, with which {} of what it can do arrives", quoted(*arriving, service_arriving_load)));
    if (const Estimate* wasted = told(variant, retry_wasted_work, service); wasted && wasted->mean > 0.2)
        all.push_back(
            fmt::format("work for callers that had given up, {} of all its work", quoted(*wasted, retry_wasted_work)));
    if (const Estimate* crashes = told(variant, service_crashes, service); crashes && crashes->mean >= 2)
        all.push_back(fmt::format("instances that die again and again, {} times", quoted(*crashes, service_crashes)));
    if (const double open = open_at_end(variant); open > 0.1)
        all.push_back(fmt::format("open breakers, {} of them at the end", keep_together(readable(open, Unit::share))));
    const Estimate* refused = told(variant, requests_refused);
    const Estimate* total = told(variant, requests_total);
    if (refused && total && refused->mean > 0.1 * total->mean)
        all.push_back(fmt::format("refusals by the clients' own policies, {} of all requests",
                                  keep_together(readable(refused->mean / total->mean, Unit::share))));
    return all;
}

/// "a, b and c"; with another comma where the parts have commas of their own.
std::string joined(const std::vector<std::string>& parts, std::string_view comma, std::string_view last) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text.append(i == 0 ? "" : i + 1 == parts.size() ? last : comma).append(parts[i]);
    return text;
}

std::string listed_names(const std::vector<std::string>& names) { return joined(names, ", ", " and "); }

std::string listed_causes(const std::vector<std::string>& all) { return joined(all, "; ", "; and "); }

std::string sustained_by(const Summary& variant, const std::string& service) {
    const std::vector<std::string> all = causes(variant, service);
    return all.empty() ? "None of the things measured explains it." : "What sustains it: " + listed_causes(all) + '.';
}

std::string recovery_in_short(const Estimate& time) { return time.mean == 0 ? "at once" : quoted(time, recovery_time); }

void add_sentence(std::string& text, const std::string& sentence) {
    if (!sentence.empty()) text += (text.empty() ? "" : " ") + sentence;
}

std::string quiet_run(const Summary& variant) {
    const Estimate* rate = told(variant, requests_success_rate);
    if (!rate) return {};
    return fmt::format("No fault was injected: {} of requests succeed.", quoted(*rate, requests_success_rate));
}

}  // namespace

std::string what_happened(const Report& report, const Summary& variant) {
    std::string text = variant.faults.empty() ? quiet_run(variant) : degradation(variant);
    if (text.empty()) return text;
    const Fate fate = fate_of(variant);
    const auto where = bottleneck(report, variant);
    if (!variant.faults.empty()) add_sentence(text, recovery(variant, fate));
    if (!where) return text;
    add_sentence(text, verdict_on_load(variant, fate, where->subject));
    add_sentence(text, place(variant, *where));
    if (fate.never > 0) add_sentence(text, sustained_by(variant, where->subject));
    return text;
}

std::string what_happened_to_all(const Report& report) {
    std::string text;
    std::vector<std::string> recovered;
    std::vector<std::string> held;
    for (const Summary& variant : report.variants) {
        const Fate fate = fate_of(variant);
        const std::string name = plain(variant.name);
        if (fate.seeds == 0) continue;
        if (fate.never == 0) {
            if (told(variant, recovery_lowest_goodput) && !told(variant, recovery_degraded_after))
                held.push_back(name);
            else
                recovered.push_back(name + " (" + recovery_in_short(*told(variant, recovery_time)) + ")");
            continue;
        }
        const std::string_view kind = !told(variant, recovery_metastable) ? ""
                                      : fate.metastable > 0               ? ": it is metastable"
                                                                          : ": it is overloaded";
        add_sentence(text, fmt::format("{} never recovers{}{}.", name, in_seeds(fate.never, fate.seeds), kind));
        if (const auto where = bottleneck(report, variant)) {
            const std::vector<std::string> all = causes(variant, where->subject);
            if (!all.empty())
                add_sentence(text,
                             fmt::format("What sustains it at {}: {}.", name_of(where->subject), listed_causes(all)));
        }
    }
    if (!recovered.empty()) add_sentence(text, "After the last fault these recover: " + listed_names(recovered) + '.');
    if (!held.empty()) add_sentence(text, "Goodput holds through it with " + listed_names(held) + '.');
    return text;
}

}  // namespace stampede::reports
