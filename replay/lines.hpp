#pragma once
/// What a replay tells, as JSON lines:
///
///     {"t":0,"id":"a","ev":"admit","state":"closed"}
///     {"t":35,"ev":"transition","from":"closed","to":"open","reason":"consecutive_failures"}

#include <cstddef>
#include <string>
#include <string_view>

#include "replay/player.hpp"

namespace stampede::replay {

class Lines final : public Listener {
public:
    /// Hands whole lines on to `take`, some at a time.
    using Take = void (*)(std::string_view);

    /// Transitions say which breaker moved where there are several.
    Lines(Take take, std::size_t breakers) : take_(take), breakers_(breakers) {}
    ~Lines() { take_(text_); }

    void happened(Instant, std::string_view id, Event, std::optional<BreakerState>) override;
    void moved(Instant, const BreakerTransition&) override;

private:
    void end_line();

    Take take_;
    std::size_t breakers_;
    std::string text_;
};

}  // namespace stampede::replay
