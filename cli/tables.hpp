#pragma once
/// What can be set, as tables in Markdown: the pages of docs/policies hold them between markers, and a test compares.

#include <string>

#include "scenarios/format/describe.hpp"

namespace stampede::cli {

/// The settings of one thing, and below them where the dialects that it knows differ.
[[nodiscard]] std::string table_of(const scenarios::ItemText& item);

/// All things of one kind, with their settings.
[[nodiscard]] std::string table_of(const scenarios::FamilyText& family);

}  // namespace stampede::cli
