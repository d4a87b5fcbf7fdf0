#include <algorithm>

#include "reports/terminal/sections.hpp"
#include "reports/text/quantity.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {
std::string threshold_table(const Report& report, const Page& page) {
    if (report.thresholds.empty()) return {};
    std::size_t widest_demand = 0;
    std::size_t widest_value = 0;
    for (const ThresholdResult& t : report.thresholds) {
        widest_demand = std::max(widest_demand, columns(t.metric) + 1 + columns(t.condition));
        widest_value = std::max(widest_value, columns(readable_value(t)));
    }
    std::string out = page.paint(Colour::bold, "Thresholds") + '\n';
    for (const ThresholdResult& t : report.thresholds) {
        out += t.passed ? page.paint(Colour::good, "  ✓ passed  ") : page.paint(Colour::bad, "  ✗ FAILED  ");
        out += pad_right(plain(t.metric + " " + t.condition), widest_demand) + "  " +
               pad_left(readable_value(t), widest_value);
        if (report.variants.size() > 1) out += "  " + plain(t.variant);
        out += '\n';
    }
    return out;
}

}  // namespace stampede::reports
