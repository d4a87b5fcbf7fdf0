#include "scenarios/format/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "scenarios/format/csv.hpp"
#include "scenarios/format/parse.hpp"

namespace stampede::scenarios {
namespace {

constexpr std::string_view file_key = "file";
/// Mistakes in files are shown after those in the scenario and its overrides.
constexpr std::size_t first_order = 1U << 20U;

/// An object that says nothing else; what was taken in already has its text beside it.
bool names_a_file(const Node& node) {
    return node.is(Node::Kind::object) && node.children.size() == 1 && node.children[0].key == file_key &&
           node.children[0].is(Node::Kind::string);
}

void expand(Node& node, Files& files, Mistakes& mistakes) {
    const Node name = node.children[0];
    const Files::Entry& entry = files.get(name.text);
    if (entry.problem != Cause::what_is_written) return mistakes.add_file(name, entry.why, entry.problem);
    if (!name.text.ends_with(".csv")) {
        node.children.push_back(name);
        node.children.back().key = "text";
        node.children.back().text = entry.source.text;
        return;
    }
    auto list = parse_csv(entry.source, mistakes);
    if (!list) return;
    list->key = std::move(node.key);
    list->key_span = node.key_span;
    list->span = node.span;  // what is wrong with all of it is told where it is asked for
    list->source = node.source;
    node = std::move(*list);
}

}  // namespace

Files::Files(const std::string& scenario_file) : folder_(std::filesystem::path(scenario_file).parent_path()) {}

const Files::Entry& Files::get(const std::string& name) {
    std::unique_ptr<Entry>& entry = entries_[name];
    if (!entry) {
        entry = std::make_unique<Entry>();
        entry->source.name = (std::filesystem::path(folder_) / name).string();
        entry->source.order = first_order + entries_.size();
        load(*entry);
    }
    return *entry;
}

void Files::load(Entry& entry) const {
    const auto fail = [&](Cause cause, std::string why) {
        entry.problem = cause;
        entry.why = std::move(why);
    };
    const std::string shown = in_quotes(entry.source.name);
    std::error_code error;
    const auto status = std::filesystem::status(entry.source.name, error);
    if (status.type() == std::filesystem::file_type::not_found)
        return fail(Cause::missing_file, "there is no file " + shown);
    // A pipe could keep the reader waiting for ever.
    if (!std::filesystem::is_regular_file(status))
        return fail(Cause::unreadable_file,
                    fmt::format("cannot read {}: {}", shown, error ? error.message() : "it is no plain file"));
    std::ifstream in(entry.source.name, std::ios::binary);
    if (!in)
        return fail(Cause::unreadable_file,
                    fmt::format("cannot read {}: {}", shown, std::generic_category().message(errno)));
    std::string& text = entry.source.text;
    text.resize(max_bytes + 1);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) return fail(Cause::unreadable_file, fmt::format("cannot read {}", shown));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > max_bytes)
        fail(Cause::unreadable_file, fmt::format("cannot read {}: it is larger than {} MiB", shown, max_bytes >> 20U));
}

void expand_files(Node& root, Files& files, Mistakes& mistakes) {
    if (mistakes.full()) return;
    if (names_a_file(root)) return expand(root, files, mistakes);
    for (Node& child : root.children) expand_files(child, files, mistakes);
}

}  // namespace stampede::scenarios
