#pragma once

#include "scenarios/format/mistakes.hpp"
#include "scenarios/format/node.hpp"
#include "scenarios/format/scenario.hpp"

namespace stampede::scenarios {

/// Names that are referred to exist. Works on the tree, so that it finds mistakes also beside others.
void check_references(const Node& root, Mistakes& mistakes);

/// Policies can be named so in paths.
void check_policy_names(const Node& root, Mistakes& mistakes);

/// No stack has more layers than a pipeline takes. For stacks that were read from `root` without a mistake.
void check_depths(const Table<StackSettings>& stacks, const Node& root, Mistakes& mistakes);

/// No object says the same key twice, anywhere.
void check_duplicates(const Node& root, Mistakes& mistakes);

/// Populations, and calls between services: all that send calls.
[[nodiscard]] std::size_t callers_of(const Scenario& scenario);

/// Services call each other without going round in circles, and there are not too many instances and calls. For a
/// scenario that was read from `root` without a mistake, whose references are right.
void check_tiers(const Scenario& scenario, const Node& root, Mistakes& mistakes);

/// Backlogs are of services that somebody opens connections to.
void check_backlogs(const Scenario& scenario, const Node& root, Mistakes& mistakes);

/// The member of that name, or the node itself where it has none: where to point at.
[[nodiscard]] const Node& member(const Node& node, std::string_view key);

/// How platform files are checked: told by whoever knows SimGrid, once, before anything is read. Called for scenarios
/// that are fine otherwise; `root` is the file's tree.
using PlatformCheck = void (*)(const Scenario& scenario, const Node& root, Mistakes& mistakes);
void set_platform_check(PlatformCheck check) noexcept;

/// What concerns several parts at once: times against the run's end, sizes against what a machine can hold.
/// For a scenario that was read from `root` without a mistake.
void check_whole(const Scenario& scenario, const Node& root, Mistakes& mistakes);

}  // namespace stampede::scenarios
