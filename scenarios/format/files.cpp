#include "scenarios/format/files.hpp"

#include <fmt/format.h>

#include <algorithm>
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

/// A node at the place of `like`.
Node node_of(Node::Kind kind, const Node& like, std::string_view key, std::string text = {}) {
    Node node = like;
    node.children.clear();
    node.kind = kind;
    node.key = key;
    node.text = std::move(text);
    return node;
}

/// Names in XML attributes `file`, `latency_file`, … in the order of the text, each once.
std::vector<std::string> files_named_in(std::string_view xml) {
    std::vector<std::string> names;
    for (std::size_t at = 0; (at = xml.find("file=", at)) != std::string_view::npos;) {
        const bool is_attribute = at > 0 && std::string_view(" \t\n_").find(xml[at - 1]) != std::string_view::npos;
        at += std::string_view("file=").size();
        if (!is_attribute || at == xml.size() || (xml[at] != '"' && xml[at] != '\'')) continue;
        const std::size_t end = xml.find(xml[at], at + 1);
        if (end == std::string_view::npos) break;
        const std::string name{xml.substr(at + 1, end - at - 1)};
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
}

/// So that what was read, and a report that quotes it, needs no other file. What is not there is left for whoever
/// reads the text to complain of.
void add_further(Node& node, const Node& name, Files& files) {
    const std::filesystem::path folder = std::filesystem::path(name.text).parent_path();
    Node list = node_of(Node::Kind::list, name, "further");
    for (const std::string& further : files_named_in(node.children.back().text)) {
        const Files::Entry& entry = files.get((folder / further).string());
        if (entry.problem != Cause::what_is_written) continue;
        list.children.push_back(node_of(Node::Kind::object, name, ""));
        list.children.back().children = {node_of(Node::Kind::string, name, "file", further),
                                         node_of(Node::Kind::string, name, "text", entry.source.text)};
    }
    if (!list.children.empty()) node.children.push_back(std::move(list));
}

void expand(Node& node, Files& files, Mistakes& mistakes) {
    const Node name = node.children[0];
    const Files::Entry& entry = files.get(name.text);
    if (entry.problem != Cause::what_is_written) return mistakes.add_file(name, entry.why, entry.problem);
    if (!name.text.ends_with(".csv")) {
        node.children.push_back(name);
        node.children.back().key = "text";
        node.children.back().text = entry.source.text;
        if (name.text.ends_with(".xml")) add_further(node, name, files);
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
