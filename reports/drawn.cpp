#include "reports/drawn.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stampede::reports {
namespace {

bool is_same(const DrawnFaults& a, const DrawnFaults& b) {
    return a.seed == b.seed && std::equal(a.faults.begin(), a.faults.end(), b.faults.begin(), b.faults.end(),
                                          [](const sim::FaultWindow& x, const sim::FaultWindow& y) {
                                              return x.drawn == y.drawn && x.begin == y.begin && x.end == y.end &&
                                                     x.kind == y.kind && x.subject == y.subject &&
                                                     x.strength == y.strength;
                                          });
}

}  // namespace

std::vector<DrawnSchedule> drawn_schedules(const Report& report) {
    std::vector<DrawnSchedule> schedules;
    if (report.variants.empty()) return schedules;
    for (const Summary& variant : report.variants) schedules.push_back({variant.name, &variant.drawn});
    const auto& first = report.variants.front().drawn;
    const bool all_same = std::all_of(report.variants.begin(), report.variants.end(), [&](const Summary& variant) {
        return std::equal(first.begin(), first.end(), variant.drawn.begin(), variant.drawn.end(), is_same);
    });
    if (all_same) schedules = {{{}, &first}};
    std::erase_if(schedules, [](const DrawnSchedule& schedule) { return schedule.seeds->empty(); });
    return schedules;
}

std::string words_of(const DrawnFaults& drawn) {
    std::string text;
    for (const sim::FaultWindow& fault : drawn.faults) {
        text += fmt::format("{}{} {} {:.1f} s to {:.1f} s", text.empty() ? "" : "; ", fault.kind, fault.subject,
                            to_seconds(fault.begin), to_seconds(fault.end));
        if (fault.strength < 1) text += fmt::format(" at {:.0f} % of its strength", 100 * fault.strength);
    }
    return text;
}

}  // namespace stampede::reports
