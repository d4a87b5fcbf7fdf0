#include "reports/verdict.hpp"

#include <fmt/format.h>

#include "reports/terminal/sections.hpp"
#include "reports/text/width.hpp"

namespace stampede::reports {

std::string verdict_text(const Report& report, const Page& page) {
    std::string out;
    for (const Finding& finding : findings(report))
        out += wrap(fmt::format("- {}: {}", finding.title, finding.sentence), page.width, 2);
    return out.empty() ? out : page.paint(Colour::bold, "Verdict") + '\n' + out;
}

}  // namespace stampede::reports
