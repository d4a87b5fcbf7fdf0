#include "sim/measure/tracer.hpp"

namespace stampede::sim {
namespace {

constexpr std::string_view still_running = "running";

}  // namespace

std::size_t Tracer::begin(const Open& open, SpanKind kind, Instant now, std::uint32_t number) {
    if (trace_.spans.size() >= max_spans) {
        trace_.truncated = true;
        return no_span;
    }
    trace_.spans.push_back({kind, open.agent, open.request, number, now, now, std::string{still_running}});
    return trace_.spans.size() - 1;
}

void Tracer::end(std::size_t span, Instant now, std::string_view how) {
    if (span == no_span) return;
    trace_.spans[span].end = now;
    trace_.spans[span].how = how;
}

void Tracer::call_started(CallRef call, Instant now, std::uint32_t agent) {
    Open open{agent, ++requests_, no_span};
    open.request_span = begin(open, SpanKind::request, now, 0);
    open_[call.id] = open;
}

void Tracer::attempt_started(CallRef call, Instant now, std::uint32_t attempt) {
    Open& open = open_.at(call.id);
    open.attempt_spans[attempt] = begin(open, SpanKind::attempt, now, attempt);
}

void Tracer::attempt_ended(CallRef call, Instant now, std::uint32_t attempt, std::string_view how) {
    const auto span = open_.at(call.id).attempt_spans.extract(attempt);
    end(span.mapped(), now, how);
}

void Tracer::backoff_began(CallRef call, Instant now, Duration delay, std::uint32_t retry) {
    // A total timeout may still cut the wait short; the span shows what was asked for.
    end(begin(open_.at(call.id), SpanKind::backoff, now, retry), now + delay, "waited");
}

void Tracer::refused(CallRef call, Instant now, Outcome outcome) {
    end(begin(open_.at(call.id), SpanKind::refusal, now, 0), now, to_string(outcome));
}

void Tracer::call_finished(CallRef call, Instant now, Outcome outcome) {
    end(open_.at(call.id).request_span, now, to_string(outcome));
    open_.erase(call.id);
}

void Tracer::call_cancelled(CallRef call, Instant now) {
    end(open_.at(call.id).request_span, now, "cancelled");
    open_.erase(call.id);
}

Trace Tracer::finish(Instant end) const {
    Trace trace = trace_;
    for (TraceSpan& span : trace.spans)
        if (span.how == still_running) span.end = end;
    return trace;
}

}  // namespace stampede::sim
