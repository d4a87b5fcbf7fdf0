#include "cli/scenario_file.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/files.hpp"

namespace stampede::cli {
namespace {

using scenarios::Diagnostics;
using scenarios::Document;

[[noreturn]] void refuse(const Diagnostics& diagnostics, const std::string& file, ColourWish colour) {
    show(diagnostics, colour);
    const std::size_t n = diagnostics.size();
    throw Stop(exit_of(diagnostics), fmt::format("{} has {} mistake{}", file, n, n == 1 ? "" : "s"));
}

}  // namespace

Exit exit_of(const Diagnostics& diagnostics) {
    const auto any = [&](scenarios::Cause cause) {
        return std::any_of(diagnostics.begin(), diagnostics.end(),
                           [&](const auto& each) { return each.cause == cause; });
    };
    if (any(scenarios::Cause::missing_file)) return Exit::file_not_found;
    return any(scenarios::Cause::unreadable_file) ? Exit::io_error : Exit::invalid_scenario;
}

void show(const Diagnostics& diagnostics, ColourWish colour) {
    fmt::print(stderr, "{}", scenarios::render(diagnostics, wants_colour(colour, stderr)));
}

Loaded load(const std::string& file, const std::vector<scenarios::Override>& overrides, ColourWish colour) {
    Diagnostics diagnostics;
    auto document = Document::parse(read_file(file), file, diagnostics);
    if (document && !overrides.empty()) document = document->with(overrides, diagnostics);
    auto scenario = document ? document->read(diagnostics) : std::nullopt;
    if (!scenario || !diagnostics.empty()) refuse(diagnostics, file, colour);
    return {std::move(*document), std::move(*scenario)};
}

std::vector<scenarios::Scenario> load_variants(const Document& base, const std::vector<scenarios::Variant>& variants,
                                               const std::string& file, ColourWish colour) {
    Diagnostics diagnostics;
    std::vector<scenarios::Scenario> all;
    for (const scenarios::Variant& variant : variants) {
        const auto document = base.with(variant.overrides, diagnostics);
        auto scenario = document ? document->read(diagnostics) : std::nullopt;
        if (scenario) all.push_back(std::move(*scenario));
    }
    if (all.size() < variants.size() || !diagnostics.empty()) refuse(diagnostics, file, colour);
    return all;
}

std::vector<scenarios::Variant> variants_of(const Document& document, const std::string& file, ColourWish colour) {
    Diagnostics diagnostics;
    auto variants = document.variants(diagnostics);
    if (!variants || !diagnostics.empty()) refuse(diagnostics, file, colour);
    return std::move(*variants);
}

}  // namespace stampede::cli
