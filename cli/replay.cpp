#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/scenario_file.hpp"
#include "cli/verbs.hpp"
#include "replay/lines.hpp"
#include "replay/player.hpp"
#include "scenarios/loading/stacks.hpp"

namespace stampede::cli {
namespace {

struct Wish {
    std::vector<std::string> files;
    std::string policy;
    std::uint64_t seed = 1;
};

StackSettings policy_of(const Wish& wish) {
    const bool is_file = wish.policy.starts_with('@');
    std::string text = is_file ? read_file(wish.policy.substr(1)) : wish.policy;
    try {
        return parse_stack(std::move(text), is_file ? wish.policy.substr(1) : "--policy");
    } catch (const LoadError& error) {
        show(error.diagnostics(), ColourWish::automatic);
        throw Stop(Exit::invalid_scenario, "the policy cannot be used");
    }
}

void replay_one(const std::string& file, const StackSettings& stack, const Wish& wish) {
    scenarios::Diagnostics diagnostics;
    const auto trace = replay::read_trace(read_file(file), file, diagnostics);
    if (!trace) {
        show(diagnostics, ColourWish::automatic);
        throw Stop(Exit::invalid_scenario, fmt::format("{} is no trace", file));
    }
    if (wish.files.size() > 1) print(fmt::format("{}\n", nlohmann::json{{"file", file}}.dump()));
    const auto is_breaker = [](const LayerSettings& layer) { return std::holds_alternative<BreakerSettings>(layer); };
    replay::Lines lines(print, static_cast<std::size_t>(std::count_if(stack.begin(), stack.end(), is_breaker)));
    replay::Player(stack, *trace, wish.seed, lines).play();
}

Exit replay_all(const Wish& wish) {
    const StackSettings stack = policy_of(wish);
    try {
        for (const std::string& file : wish.files) replay_one(file, stack, wish);
    } catch (const std::invalid_argument& error) {
        throw Stop(Exit::invalid_scenario, error.what());
    }
    return Exit::fine;
}

}  // namespace

void add_replay(CLI::App& app, Action& action) {
    const auto wish = std::make_shared<Wish>();
    CLI::App* verb = app.add_subcommand("replay", "say what a policy does with the calls of a trace");
    verb->add_option("FILE", wish->files, "traces; a call a line: t_ms id ok|fail|slow|client_error duration_ms")
        ->required();
    verb->add_option("--policy", wish->policy, "a layer or a list of layers as in a scenario, or @FILE with one")
        ->required();
    verb->add_option("--seed", wish->seed, "seed of the policy's random draws (1 unless said otherwise)");
    verb->footer(
        "Examples:\n"
        "  stampede replay calls.trace --policy '{\"breaker\": {\"failure_threshold\": 3}}'\n"
        "  stampede replay calls.trace --policy @policy.json");
    verb->callback([wish, &action] { action = [wish] { return replay_all(*wish); }; });
}

}  // namespace stampede::cli
