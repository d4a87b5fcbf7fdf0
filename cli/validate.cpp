#include <fmt/format.h>

#include <memory>

#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/scenario_file.hpp"
#include "cli/verbs.hpp"

namespace stampede::cli {
namespace {

Exit validate_one(const std::string& file) {
    scenarios::Diagnostics diagnostics;
    const auto document = scenarios::Document::parse(read_file(file), file, diagnostics);
    if (document && document->check(diagnostics)) {
        print(file + ": valid\n");
        return Exit::fine;
    }
    show(diagnostics, ColourWish::automatic);
    return exit_of(diagnostics);
}

/// All files, whatever is wrong with one of them; the exit code is the first file's that is not fine.
Exit validate(const std::vector<std::string>& files) {
    Exit exit = Exit::fine;
    for (const std::string& file : files) {
        Exit of_file = Exit::fine;
        try {
            of_file = validate_one(file);
        } catch (const Stop& stop) {
            fmt::print(stderr, "stampede: error: {}\n", stop.what());
            of_file = stop.exit;
        }
        if (exit == Exit::fine) exit = of_file;
    }
    return exit;
}

}  // namespace

void add_validate(CLI::App& app, Action& action) {
    const auto files = std::make_shared<std::vector<std::string>>();
    CLI::App* verb = app.add_subcommand("validate", "find all mistakes in scenario files");
    verb->add_option("FILE", *files, "scenario files")->required();
    verb->callback([files, &action] { action = [files] { return validate(*files); }; });
}

}  // namespace stampede::cli
