#include "reports/drawn.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reports/terminal/sections.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {

std::string drawn_faults(const Report& report, const Page& page) {
    constexpr std::size_t most_seeds = 5;
    std::string out;
    for (const auto& [variant, seeds] : drawn_schedules(report)) {
        out += page.paint(Colour::bold,
                          "Faults that were drawn" + (variant.empty() ? "" : " with " + plain(std::string(variant)))) +
               '\n';
        for (std::size_t i = 0; i < std::min(seeds->size(), most_seeds); ++i)
            out += wrap(fmt::format("seed {}: {}", (*seeds)[i].seed, plain(words_of((*seeds)[i]))), page.width);
        if (seeds->size() > most_seeds)
            out += wrap(fmt::format("{} more in the reports as files. Charts mark those of the first seed.",
                                    seeds->size() - most_seeds),
                        page.width);
    }
    return out;
}

}  // namespace stampede::reports
