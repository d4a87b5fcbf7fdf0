#include "reports/json/schema.hpp"

#include <memory>
#include <nlohmann/json.hpp>

#include "cli/output.hpp"
#include "cli/verbs.hpp"
#include "scenarios/format/document.hpp"

namespace stampede::cli {

void add_schema(CLI::App& app, Action& action) {
    const auto is_of_reports = std::make_shared<bool>(false);
    CLI::App* verb = app.add_subcommand("schema", "print the JSON Schema of scenario files, for editors");
    verb->add_flag("--report", *is_of_reports, "of JSON reports instead, for programs that read them");
    verb->footer(
        "Examples:\n  stampede schema > scenario.schema.json\n  stampede schema --report > report.schema.json");
    verb->callback([is_of_reports, &action] {
        action = [is_of_reports] {
            print((*is_of_reports ? reports::report_schema() : scenarios::schema()).dump(2) + '\n');
            return Exit::fine;
        };
    });
}

}  // namespace stampede::cli
