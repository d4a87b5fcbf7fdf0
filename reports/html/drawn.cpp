#include "reports/drawn.hpp"

#include <fmt/format.h>

#include "reports/html/markup.hpp"
#include "reports/html/sections.hpp"

namespace stampede::reports::html {

std::string drawn_section(const Report& report) {
    std::string out;
    for (const auto& [variant, seeds] : drawn_schedules(report)) {
        const std::string caption = variant.empty() ? "Drawn faults" : "Drawn faults with " + std::string(variant);
        out +=
            "<table><caption>" + escape(caption) +
            "</caption>\n<thead><tr><th scope=\"col\">seed</th><th scope=\"col\">faults</th></tr></thead>\n<tbody>\n";
        for (const DrawnFaults& drawn : *seeds)
            out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", drawn.seed, escape(words_of(drawn)));
        out += "</tbody></table>\n";
    }
    return section("drawn", "Faults that were drawn",
                   "Each seed met other faults, all variants the same ones. Charts over time mark those of the first "
                   "seed.",
                   out);
}

}  // namespace stampede::reports::html
