#pragma once
/// JSON as a tree that knows where everything stands.

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/diagnostics.hpp"

namespace stampede::scenarios {

/// What the user wrote: a file, or one override. Nodes refer to it; it must stay where it is.
struct Source {
    std::string name;
    std::string text;
    std::size_t order = 0;  ///< mistakes are shown by source, then by place
};

struct Node {
    enum class Kind : std::uint8_t { null, boolean, number, string, list, object };

    Kind kind = Kind::null;
    bool boolean = false;
    std::string text;            ///< of a string what it says, of a number how it is written
    std::vector<Node> children;  ///< of a list or an object
    std::string key;             ///< of a member of an object
    Span key_span;
    Span span;
    const Source* source = nullptr;

    [[nodiscard]] bool is(Kind k) const noexcept { return kind == k; }
    /// The member of that name, the first if it is written twice; null for none and for what is no object.
    [[nodiscard]] const Node* find(std::string_view name) const noexcept;
    [[nodiscard]] Node* find(std::string_view name) noexcept;
};

/// "an object", "the text \"full\"", "the number 5": for messages.
[[nodiscard]] std::string what_is(const Node& node);

/// In quotes, shortened where long, with control characters and what is not UTF-8 replaced: safe to show.
[[nodiscard]] std::string in_quotes(std::string_view text);

[[nodiscard]] nlohmann::ordered_json to_json(const Node& node);

/// A tree for a value that nobody wrote (a default made explicit); all of it stands at `span`.
[[nodiscard]] Node to_node(const nlohmann::ordered_json& value, const Source& source, Span span);

}  // namespace stampede::scenarios
