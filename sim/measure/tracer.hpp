#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "policies/core/observer.hpp"
#include "sim/measure/result.hpp"

namespace stampede::sim {

/// Follows the requests of a few agents, span by span, so that a run can be looked at closely. Costs nothing for
/// others.
class Tracer {
public:
    /// Spans beyond this number are not kept; `truncated` says so.
    static constexpr std::size_t max_spans = 20'000;

    void call_started(CallRef call, Instant now, std::uint32_t agent);
    void attempt_started(CallRef call, Instant now, std::uint32_t attempt);
    void attempt_ended(CallRef call, Instant now, std::uint32_t attempt, std::string_view how);
    void backoff_began(CallRef call, Instant now, Duration delay, std::uint32_t retry);
    void refused(CallRef call, Instant now, Outcome outcome);
    void call_cancelled(CallRef, Instant);
    void call_finished(CallRef call, Instant now, Outcome outcome);

    /// Spans that are open at `end` of the run end there as "running".
    [[nodiscard]] Trace finish(Instant end) const;

private:
    /// The spans that are open for the call in one place.
    struct Open {
        std::uint32_t agent = 0;
        std::uint64_t request = 0;
        std::size_t request_span = 0;
        std::map<std::uint32_t, std::size_t> attempt_spans{};  ///< by attempt number; several where the call hedges
    };
    static constexpr std::size_t no_span = ~std::size_t{0};

    std::size_t begin(const Open& open, SpanKind kind, Instant now, std::uint32_t number);
    void end(std::size_t span, Instant now, std::string_view how);

    Trace trace_;
    std::map<std::uint32_t, Open> open_;  ///< by place of the call
    std::uint64_t requests_ = 0;
};

}  // namespace stampede::sim
