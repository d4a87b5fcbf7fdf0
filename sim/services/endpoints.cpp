/// What an instance does where its service has endpoints.

#include "sim/services/instance.hpp"

namespace stampede::sim {

using scenarios::OutageMode;

void Instance::make_endpoints(const scenarios::ServiceSettings& settings) {
    double total = 0;
    for (const auto& [name, endpoint] : settings.endpoints) total += endpoint.weight;
    double sum = 0;
    for (const auto& [name, endpoint] : settings.endpoints) {
        sum += endpoint.weight;
        EndpointState& made =
            endpoints_.emplace_back(endpoint.service_time.value_or(settings.service_time), sum / total);
        const scenarios::ErrorSettings& errors = endpoint.errors ? *endpoint.errors : settings.errors;
        made.has_own_errors = endpoint.errors.has_value();
        if (made.has_own_errors && errors.rate > 0) made.error_sources.set(own_errors, errors);
        if (errors.time) made.error_time.emplace(*errors.time);
    }
    // Of those beyond the last share, by rounding; nobody draws an endpoint of weight 0.
    for (std::size_t last = endpoints_.size(); last-- > 0;) {
        endpoints_[last].up_to = 1;
        if (settings.endpoints[last].value.weight > 0) break;
    }
}

std::optional<Instance::Arrival> Instance::stop_at_endpoint(Visit& visit) {
    if (visit.endpoint == 0) {
        const double u = gate_stream_.uniform();
        std::uint8_t number = 1;
        while (u >= endpoints_[number - 1U].up_to) ++number;
        visit.endpoint = number;
    }
    const auto& broken = endpoint_of(visit).outages;
    if (broken.empty()) return std::nullopt;
    switch (broken.latest()) {
        case OutageMode::error:
            return Arrival{Reception::answered, Outcome::transient};
        case OutageMode::blackhole:
            return Arrival{Reception::dropped};
        case OutageMode::refuse:
        case OutageMode::reset:
            break;
    }
    return Arrival{Reception::answered, Outcome::unavailable, {}, 0, true};
}

/// As `start` and `altered`. What the call turns out to be is drawn at its start, as errors may take another time.
Start Instance::start_at_endpoint(std::uint32_t worker, Instant now, Duration waited) {
    Serving& serving = serving_[worker];
    const EndpointState& endpoint = endpoint_of(serving.visit);
    if (pauses_.used()) pause_marks_[worker] = pauses_.total(now);
    Duration takes = endpoint.time.draw(time_stream_);
    serving.answer = draw_answer(endpoint);
    if (serving.answer != Outcome::success && endpoint.error_time)
        return {worker, endpoint.error_time->draw(error_stream_), waited};
    double seconds = to_seconds(slowed(takes, now));
    for (const auto& slowdown : endpoint.slowdowns) seconds *= slowdown.value;
    takes = from_seconds(seconds) + added_latency(*this, true) + added_latency(endpoint, true);
    return {worker, takes, waited};
}

/// The service's own errors, unless the endpoint has its own; then what faults cause.
Outcome Instance::draw_answer(const EndpointState& endpoint) {
    for (const auto& source : error_sources) {
        if (source.fault == own_errors && endpoint.has_own_errors) continue;
        if (const auto error = draw_error(source.value)) return *error;
    }
    for (const auto& source : endpoint.error_sources)
        if (const auto error = draw_error(source.value)) return *error;
    return Outcome::success;
}

Duration Instance::answer_delay(const Visit& visit) {
    const Duration delay = added_latency(*this, false);
    return endpoints_.empty() ? delay : delay + added_latency(endpoint_of(visit), false);
}

}  // namespace stampede::sim
