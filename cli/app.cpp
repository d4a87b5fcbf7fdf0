#include "cli/app.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "cli/output.hpp"
#include "cli/verbs.hpp"
#include "cli/version.hpp"
#include "scenarios/format/checks.hpp"
#include "scenarios/format/suggest.hpp"
#include "sim/platform/platform_file.hpp"

namespace stampede::cli {
namespace {

constexpr const char* examples = R"(Examples:
  stampede run scenarios/payments-outage.json --seeds 20
  stampede compare scenarios/payments-outage.json -o out.json
  stampede compare FILE --jitter none,full,equal,decorrelated
  stampede compare FILE --vary policies.checkout.retry.max_attempts=2,4,8
  stampede diff main.json branch.json --fail-on worse --tolerance 2%
  stampede explain herd.peak_ratio

Exit codes: 0 fine, 2 wrong usage, 65 scenario invalid, 66 file not found,
  70 internal error or a run that died, 74 cannot read or write,
  98 a run was stopped by run.limits, 99 a threshold failed or --fail-on worse, 130 interrupted)";

/// "--sedes": did you mean "--seeds"?
std::string suggest_option(const CLI::App& verb, const std::string& word) {
    std::vector<std::string> names;
    for (const CLI::Option* option : verb.get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    const std::vector<std::string_view> known(names.begin(), names.end());
    return scenarios::suggest(word.substr(0, word.find('=')), known);
}

std::string suggest_verb(const CLI::App& app, const std::string& word) {
    std::vector<std::string> names;
    for (const CLI::App* verb : app.get_subcommands(nullptr)) names.push_back(verb->get_name());
    const std::vector<std::string_view> known(names.begin(), names.end());
    return scenarios::suggest(word, known);
}

const CLI::App& chosen(const CLI::App& app) {
    const auto verbs_used = app.get_subcommands();
    return verbs_used.empty() ? app : *verbs_used.front();
}

/// The first word that nothing on the command line took, in our words rather than the parser's.
[[noreturn]] void refuse_extra(const CLI::App& app, int argc, const char* const* argv) {
    const std::vector<std::string> extra = app.remaining(true);
    const CLI::App& verb = chosen(app);
    const std::string word = extra.empty() ? argv[argc - 1] : extra.front();
    if (word.starts_with("-"))
        throw Stop(Exit::wrong_usage, fmt::format("unknown option \"{}\": {}", word, suggest_option(verb, word)));
    if (&verb == &app)
        throw Stop(Exit::wrong_usage, fmt::format("unknown command \"{}\": {}", word, suggest_verb(app, word)));
    throw Stop(Exit::wrong_usage, fmt::format("\"{}\" takes no further argument \"{}\"", verb.get_name(), word));
}

/// Answers the exit code of a command line that asks for help or the version.
Exit understand(CLI::App& app, int argc, const char* const* argv, bool& is_done) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& wish) {  // --help, --version
        is_done = true;
        return app.exit(wish, std::cout, std::cerr) == 0 ? Exit::fine : Exit::wrong_usage;
    } catch (const CLI::ExtrasError&) {
        refuse_extra(app, argc, argv);
    } catch (const CLI::ParseError& error) {
        throw Stop(Exit::wrong_usage, error.what());
    }
    return Exit::fine;
}

Exit run_verb(CLI::App& app, int argc, const char* const* argv) {
    Action action;
    for (const AddVerb add : verbs) add(app, action);
    bool is_done = false;
    const Exit exit = understand(app, argc, argv, is_done);
    if (is_done) return exit;
    if (!action) {
        const std::vector<std::string> extra = app.remaining();
        if (!extra.empty()) refuse_extra(app, argc, argv);
        fmt::print(stderr, "{}", app.help());
        throw Stop(Exit::wrong_usage, "no command given");
    }
    return action();
}

}  // namespace

Exit run_program(int argc, const char* const* argv) {
    CLI::App app{"Stampede: what an outage does to your clients, your retries and your breakers", "stampede"};
    app.set_version_flag("--version", fmt::format("stampede {}", version));
    app.footer(examples);
    app.require_subcommand(0, 1);
    app.get_formatter()->column_width(34);
    scenarios::set_platform_check(sim::check_platform);
    const auto fail = [](Exit exit, const std::string& message) {
        fmt::print(stderr, "stampede: error: {}\n", message);
        if (exit == Exit::wrong_usage) fmt::print(stderr, "try: stampede --help\n");
        return exit;
    };
    try {
        const Exit exit = run_verb(app, argc, argv);
        flush_standard_output();
        return exit;
    } catch (const Stop& stop) {
        return fail(stop.exit, stop.what());
    } catch (const std::bad_alloc&) {
        return fail(Exit::internal_error, "out of memory");
    } catch (const std::exception& error) {
        return fail(Exit::internal_error, fmt::format("internal error: {}", error.what()));
    }
}

}  // namespace stampede::cli
