#include "cli/baseline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "cli/exit.hpp"
#include "cli/output.hpp"
#include "cli/report_file.hpp"
#include "reports/json/json.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view folder = ".stampede/baselines";
constexpr std::string_view extension = ".json";
constexpr std::size_t longest_name = 100;

bool is_name(std::string_view text) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return !text.empty() && text.size() <= longest_name && plain.find(text.front()) != std::string_view::npos &&
           text.find_first_not_of(std::string(plain) + "._-") == std::string_view::npos;
}

std::vector<std::string> saved_names() {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == extension && is_name(entry.path().stem().string()))
            names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

[[noreturn]] void refuse_missing(const std::string& name) {
    const std::vector<std::string> names = saved_names();
    const std::vector<std::string_view> known(names.begin(), names.end());
    const std::string hint = names.empty()
                                 ? fmt::format("none is saved in {}; --save-baseline {} saves one", folder, name)
                                 : scenarios::suggest(name, known);
    throw Stop(Exit::file_not_found, fmt::format("there is no baseline \"{}\": {}", name, hint));
}

}  // namespace

std::string baseline_file(const std::string& name) {
    if (is_name(name)) return fmt::format("{}/{}{}", folder, name, extension);
    throw Stop(
        Exit::wrong_usage,
        fmt::format("\"{}\" is no name for a baseline: expected letters, digits, \".\", \"_\" and \"-\", beginning "
                    "with a letter or a digit, at most {}",
                    name, longest_name));
}

void prepare_baseline(const std::string& name) {
    const std::string file = baseline_file(name);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw Stop(Exit::io_error, fmt::format("cannot write {}: {}", folder, error.message()));
    check_writable(file);
}

void save_baseline(const std::string& name, reports::Report report) {
    report.environment.reset();
    write_file(baseline_file(name), reports::render_json(report));
}

reports::Report load_baseline(const std::string& name, ColourWish colour) {
    const std::string file = baseline_file(name);
    if (!fs::exists(file)) refuse_missing(name);
    return load_report(file, colour);
}

}  // namespace stampede::cli
