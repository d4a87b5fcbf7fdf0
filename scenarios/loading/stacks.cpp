#include "scenarios/loading/stacks.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "scenarios/format/checks.hpp"
#include "scenarios/format/document.hpp"
#include "scenarios/format/node.hpp"
#include "scenarios/format/parse.hpp"
#include "scenarios/format/reader.hpp"
#include "scenarios/format/suggest.hpp"

namespace stampede {

using namespace scenarios;

LoadError::LoadError(Diagnostics diagnostics)
    : std::runtime_error(render(diagnostics)), diagnostics_(std::move(diagnostics)) {}

const StackSettings& Stacks::at(std::string_view name) const {
    std::vector<std::string_view> known;
    for (const auto& stack : table_) {
        if (stack.name == name) return stack.value;
        known.push_back(stack.name);
    }
    throw LoadError(file_ + ": there is no policy " + in_quotes(name) + "; " + suggest(name, known));
}

std::vector<std::string> Stacks::names() const {
    std::vector<std::string> names;
    for (const auto& stack : table_) names.push_back(stack.name);
    return names;
}

Stacks load_stacks(const std::filesystem::path& file) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    // Of an empty file nothing can be inserted, which is no failure of reading it.
    if (!in || (in.peek() != std::ifstream::traits_type::eof() && !(text << in.rdbuf())) || in.bad())
        throw LoadError(file.string() + ": cannot be read" +
                        (errno != 0 ? ": " + std::generic_category().message(errno) : ""));
    return parse_stacks(std::move(text).str(), file.string());
}

Stacks parse_stacks(std::string text, std::string name) {
    Diagnostics diagnostics;
    const auto document = Document::parse(std::move(text), name, diagnostics);
    if (!document) throw LoadError(std::move(diagnostics));
    auto stacks = document->policies(diagnostics);
    if (!stacks) throw LoadError(std::move(diagnostics));
    return {std::move(name), std::move(*stacks)};
}

StackSettings parse_stack(std::string text, std::string name) {
    // A bare word needs no quotes, which a shell would need more of.
    if (text.find_first_of("{[\"") == std::string::npos) text = '"' + text + '"';
    const Source source{std::move(name), std::move(text), 0};
    Mistakes mistakes;
    StackSettings stack;
    if (source.text.size() > max_bytes) {
        mistakes.add(source, {0, 0}, "the policy is too long");
    } else if (const auto root = parse_json(source, {0, source.text.size()}, mistakes)) {
        check_duplicates(*root, mistakes);
        if (root->is(Node::Kind::list))
            read_value(*root, stack, Limits{}, mistakes);
        else
            read_value(*root, stack.emplace_back(), Limits{}, mistakes);
        if (stack.size() > max_layers)
            mistakes.add(*root,
                         std::to_string(stack.size()) + " layers; a stack has at most " + std::to_string(max_layers));
    }
    Diagnostics diagnostics;
    mistakes.move_to(diagnostics);
    if (!diagnostics.empty()) throw LoadError(std::move(diagnostics));
    return stack;
}

}  // namespace stampede
