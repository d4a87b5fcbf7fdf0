#include "scenarios/format/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "scenarios/format/checks.hpp"
#include "scenarios/format/overrides.hpp"
#include "scenarios/format/parse.hpp"
#include "scenarios/format/presets.hpp"
#include "scenarios/format/reader.hpp"

namespace stampede::scenarios {

/// Nodes point to their sources, so sources are shared between copies and never move. The first is the file.
struct Document::State {
    std::vector<std::shared_ptr<const Source>> sources;
    Node root;                     ///< as it is written: names of files, not what they hold
    std::shared_ptr<Files> files;  ///< shared between copies, so that each file is read once
};

namespace {

/// JSON where it looks like it; any other text is a string of that text.
std::optional<Node> parse_value(const Source& source, Span span, Mistakes& mistakes) {
    const std::string_view text = std::string_view(source.text).substr(span.begin, span.end - span.begin);
    Mistakes unimportant;
    if (auto node = parse_json(source, span, unimportant)) return node;
    const bool meant_as_json = !text.empty() && (text[0] == '{' || text[0] == '[' || text[0] == '"');
    if (meant_as_json) return parse_json(source, span, mistakes);
    Node word;
    word.kind = Node::Kind::string;
    word.text = text;
    word.span = span;
    word.source = &source;
    return word;
}

/// True where the override was read from this very text.
bool stands_in(const Override& each, const Source& file) {
    if (!each.origin) return false;
    const auto [path, value] = *each.origin;
    const auto valid = [&](Span span) { return span.begin < span.end && span.end <= file.text.size(); };
    return valid(path) && valid(value) && file.text.compare(value.begin, value.end - value.begin, each.value) == 0;
}

/// A path stands between quotes.
Span inside_quotes(Span span) { return span.end - span.begin < 2 ? span : Span{span.begin + 1, span.end - 1}; }

void apply(const Override& each, Node& root, std::vector<std::shared_ptr<const Source>>& sources, Mistakes& mistakes) {
    const Source* source = sources.front().get();
    Span path{0, each.path.size()};
    Span value{each.path.size() + 1, each.path.size() + 1 + each.value.size()};
    if (stands_in(each, *source)) {
        path = inside_quotes(each.origin->path);
        value = each.origin->value;
    } else {
        sources.push_back(
            std::make_shared<const Source>(Source{"--set", each.path + '=' + each.value, sources.size()}));
        source = sources.back().get();
    }
    if (each.value.size() > max_bytes) return mistakes.add(*source, path, "the value is too long");
    if (auto node = parse_value(*source, value, mistakes))
        set_value(root, {each.path, source, path}, std::move(*node), mistakes);
    expand_presets(root, mistakes);
}

std::optional<Variant> read_variant_node(const Node& node, Mistakes& mistakes) {
    if (!expect(node, Node::Kind::object,
                "an object of settings, as in { \"policies.checkout.retry.jitter\": \"full\" }", mistakes))
        return std::nullopt;
    Variant variant{node.key, {}};
    for (const Node& setting : node.children) {
        if (setting.key == "run.seeds" || (setting.key == "run" && setting.find("seeds") != nullptr))
            mistakes.add_at_key(setting, "a variant cannot have seeds of its own: all variants run over the same seeds",
                                "set \"seeds\" in the file's \"run\", or use --seeds");
        const Span span = setting.span;
        variant.overrides.push_back({setting.key, setting.source->text.substr(span.begin, span.end - span.begin),
                                     Override::Origin{setting.key_span, span}});
    }
    return variant;
}

bool has_none(Mistakes& mistakes, Diagnostics& diagnostics) {
    const bool none = mistakes.count() == 0;
    mistakes.move_to(diagnostics);
    return none;
}

/// The place of a condition: alone, or in a list.
const Node* find_condition(const Node& metric, std::string_view text) {
    const auto is_it = [&](const Node& node) { return node.kind == Node::Kind::string && node.text == text; };
    if (is_it(metric)) return &metric;
    const auto found = std::find_if(metric.children.begin(), metric.children.end(), is_it);
    return found == metric.children.end() ? nullptr : &*found;
}

bool same(const Diagnostic& a, const Diagnostic& b) {
    return a.source == b.source && a.line == b.line && a.column == b.column && a.message == b.message;
}

}  // namespace

std::optional<Document> Document::parse(std::string text, std::string file_name, Diagnostics& diagnostics,
                                        std::shared_ptr<Files> files) {
    Mistakes mistakes;
    if (!files) files = std::make_shared<Files>(file_name);
    auto file = std::make_shared<const Source>(Source{std::move(file_name), std::move(text), 0});
    std::optional<Node> root;
    if (file->text.size() > max_bytes)
        mistakes.add(*file, {0, 0}, fmt::format("the file is longer than {} MiB", max_bytes >> 20U));
    else
        root = parse_json(*file, {0, file->text.size()}, mistakes);
    if (root) expand_presets(*root, mistakes);
    if (!has_none(mistakes, diagnostics) || !root) return std::nullopt;
    return Document{std::make_shared<const State>(State{{std::move(file)}, std::move(*root), std::move(files)})};
}

std::optional<Document> Document::with(const std::vector<Override>& overrides, Diagnostics& diagnostics) const {
    auto state = std::make_shared<State>(*state_);
    Mistakes mistakes;
    for (const Override& each : overrides) apply(each, state->root, state->sources, mistakes);
    if (!has_none(mistakes, diagnostics)) return std::nullopt;
    return Document{std::move(state)};
}

std::optional<Scenario> Document::read(Diagnostics& diagnostics) const {
    Mistakes mistakes;
    Scenario scenario;
    Node root = state_->root;
    expand_files(root, *state_->files, mistakes);
    if (!has_none(mistakes, diagnostics)) return std::nullopt;  // whatever stands there now is not what was meant
    read_value(root, scenario, Limits{}, mistakes);
    check_references(root, mistakes);
    check_duplicates(root, mistakes);
    scenario.folder = std::filesystem::path(state_->sources.front()->name).parent_path().string();
    if (mistakes.count() == 0) check_whole(scenario, root, mistakes);
    if (!has_none(mistakes, diagnostics)) return std::nullopt;
    return scenario;
}

std::optional<Table<StackSettings>> Document::policies(Diagnostics& diagnostics) const {
    Mistakes mistakes;
    Table<StackSettings> stacks;
    const Node& root = state_->root;
    if (expect(root, Node::Kind::object, "an object", mistakes)) {
        reject_unknown(root, known_keys<Scenario>(), mistakes);
        check_duplicates(root, mistakes);
        std::uint32_t version = 1;
        if (const Node* node = root.find("stampede")) read_value(*node, version, Limits{1, 1}, mistakes);
        if (const Node* node = root.find("policies")) {
            read_value(*node, stacks, Limits{}, mistakes);
            check_policy_names(root, mistakes);
            if (mistakes.count() == 0) check_depths(stacks, root, mistakes);
        } else {
            mistakes.add(root, "\"policies\" is missing: stacks of layers by name, each outermost first");
        }
    }
    if (!has_none(mistakes, diagnostics)) return std::nullopt;
    return stacks;
}

std::optional<std::vector<Variant>> Document::variants(Diagnostics& diagnostics) const {
    std::vector<Variant> result;
    const Node* section = state_->root.find("variants");
    if (section == nullptr) return result;
    Mistakes mistakes;
    if (expect(*section, Node::Kind::object, "an object of variants by name", mistakes)) {
        check_duplicates(*section, mistakes);
        for (const Node& child : section->children)
            if (auto variant = read_variant_node(child, mistakes)) result.push_back(std::move(*variant));
    }
    if (!has_none(mistakes, diagnostics)) return std::nullopt;
    return result;
}

bool Document::check(Diagnostics& diagnostics) const {
    Diagnostics found;
    const bool base_is_fine = read(found).has_value();
    const auto every = variants(found);
    for (const Variant& variant : every.value_or(std::vector<Variant>{})) {
        const auto changed = with(variant.overrides, found);
        if (changed && base_is_fine) (void)changed->read(found);  // else it would only repeat the base's mistakes
    }
    const bool fine = found.empty();
    for (Diagnostic& each : found)
        if (std::none_of(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& d) { return same(d, each); }))
            diagnostics.push_back(std::move(each));
    return fine;
}

std::optional<std::size_t> Document::threshold_line(std::string_view metric, std::string_view condition) const {
    const Source& file = *state_->sources.front();
    const Node* section = state_->root.find("thresholds");
    const Node* demands = section ? section->find(metric) : nullptr;
    const Node* place = demands ? find_condition(*demands, condition) : nullptr;
    if (place == nullptr || place->source != &file) return std::nullopt;
    const std::string_view before = std::string_view(file.text).substr(0, place->span.begin);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

nlohmann::ordered_json Document::json() const {
    Node root = state_->root;
    Mistakes told_by_read;
    expand_files(root, *state_->files, told_by_read);
    auto json = to_json(root);
    if (json.is_object()) json.erase("variants");
    return json;
}

}  // namespace stampede::scenarios
