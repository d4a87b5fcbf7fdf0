#include <array>

#include "reports/json/json.hpp"
#include "reports/reporter.hpp"

namespace stampede::reports {
namespace {

/// The list of formats.
constexpr std::array all{
    Reporter{".json", "everything, for programs: see docs/report-format.md", render_json},
};

}  // namespace

std::span<const Reporter> reporters() { return all; }

const Reporter* reporter_for(std::string_view file_name) {
    const Reporter* best = nullptr;
    for (const Reporter& reporter : all)
        if (file_name.ends_with(reporter.extension) && (!best || reporter.extension.size() > best->extension.size()))
            best = &reporter;
    return best;
}

}  // namespace stampede::reports
