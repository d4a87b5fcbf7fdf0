/// Judges JSON documents by a JSON Schema with a library that has nothing to do with Stampede:
/// `validate_json SCHEMA FILE…`; exit code 1 and every mistake where one is not valid.

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

bool is_valid(const valijson::Schema& schema, const char* file) {
    const nlohmann::json document = nlohmann::json::parse(std::ifstream(file));
    valijson::Validator validator;
    valijson::ValidationResults mistakes;
    if (validator.validate(schema, Adapter(document), &mistakes)) return true;
    valijson::ValidationResults::Error mistake;
    while (mistakes.popError(mistake)) {
        std::cerr << file << ": ";
        for (const std::string& step : mistake.context) std::cerr << step;
        std::cerr << ": " << mistake.description << '\n';
    }
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const nlohmann::json text = nlohmann::json::parse(std::ifstream(argv[1]));
    valijson::Schema schema;
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(Adapter(text), schema);
    bool all = true;
    for (int i = 2; i < argc; ++i) all = is_valid(schema, argv[i]) && all;
    return all ? 0 : 1;
}
