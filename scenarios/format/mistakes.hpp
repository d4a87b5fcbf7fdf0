#pragma once
/// Collects mistakes while a file is read.

#include <string>
#include <vector>

#include "scenarios/format/diagnostics.hpp"
#include "scenarios/format/node.hpp"

namespace stampede::scenarios {

class Mistakes {
public:
    void add(const Source& source, Span span, std::string message, std::string hint = {});
    /// At a value; of a list or an object only its opening brace is underlined.
    void add(const Node& node, std::string message, std::string hint = {});
    /// At the key of a member.
    void add_at_key(const Node& node, std::string message, std::string hint = {});

    /// At the name of a file that cannot be had.
    void add_file(const Node& name, std::string message, Cause cause);

    [[nodiscard]] std::size_t count() const noexcept { return list_.size(); }
    /// More would help nobody: readers stop looking, so that a hostile file costs little.
    [[nodiscard]] bool full() const noexcept { return list_.size() >= enough; }

    /// Appends what was found, by source and place, each mistake once.
    void move_to(Diagnostics& diagnostics);

private:
    static constexpr std::size_t enough = 100;

    struct Mistake {
        const Source* source;
        Span span;
        std::string message;
        std::string hint;
        Cause cause = Cause::what_is_written;
    };
    std::vector<Mistake> list_;
};

}  // namespace stampede::scenarios
