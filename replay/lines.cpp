#include "replay/lines.hpp"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

namespace stampede::replay {
namespace {

constexpr std::size_t enough = 64 << 10U;

/// In quotes; ids may hold anything but blanks.
std::string json_text(std::string_view text) {
    using nlohmann::json;
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Milliseconds; moves by the clock may fall between them.
std::string milliseconds(Instant t) {
    const std::int64_t ns = t.time_since_epoch().count();
    if (ns % 1'000'000 == 0) return fmt::format("{}", ns / 1'000'000);
    std::string text = fmt::format("{}.{:06}", ns / 1'000'000, ns % 1'000'000);
    text.erase(text.find_last_not_of('0') + 1);
    return text;
}

}  // namespace

void Lines::happened(Instant t, std::string_view id, Event event, std::optional<BreakerState> state) {
    const std::string named = state ? json_text(stampede::to_string(*state)) : "null";
    fmt::format_to(std::back_inserter(text_), R"({{"t":{},"id":{},"ev":"{}","state":{}}})", milliseconds(t),
                   json_text(id), to_string(event), named);
    end_line();
}

void Lines::moved(Instant t, const BreakerTransition& move) {
    const std::string which = breakers_ > 1 ? fmt::format(R"(,"breaker":{})", move.breaker) : "";
    fmt::format_to(std::back_inserter(text_), R"({{"t":{},"ev":"transition","from":"{}","to":"{}","reason":"{}"{}}})",
                   milliseconds(t), stampede::to_string(move.from), stampede::to_string(move.to),
                   stampede::to_string(move.reason), which);
    end_line();
}

void Lines::end_line() {
    text_ += '\n';
    if (text_.size() < enough) return;
    take_(text_);
    text_.clear();
}

}  // namespace stampede::replay
