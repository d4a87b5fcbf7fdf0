#include <nlohmann/json.hpp>

#include "cli/output.hpp"
#include "cli/verbs.hpp"
#include "scenarios/format/document.hpp"

namespace stampede::cli {

void add_schema(CLI::App& app, Action& action) {
    CLI::App* verb = app.add_subcommand("schema", "print the JSON Schema of scenario files, for editors");
    verb->footer("Example:\n  stampede schema > scenario.schema.json");
    verb->callback([&action] {
        action = [] {
            print(scenarios::schema().dump(2) + '\n');
            return Exit::fine;
        };
    });
}

}  // namespace stampede::cli
