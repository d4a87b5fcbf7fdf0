#include "sim/services/service.hpp"

#include <algorithm>

#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using scenarios::ErrorClass;
using scenarios::OutageMode;

namespace {

/// The number of the service's own errors among its sources of errors: no fault has it.
constexpr std::uint32_t own_errors = ~std::uint32_t{0};

}  // namespace

Service::Service(const scenarios::ServiceSettings& settings, std::uint64_t seed, std::size_t number)
    : workers_(settings.workers),
      queue_limit_(settings.queue.limit),
      usual_time_(settings.service_time),
      usual_mean_s_(mean_of(settings.service_time)),
      serving_(settings.workers),
      time_stream_(stream_of(seed, EntityKind::service, number, 0, Purpose::service_time)),
      error_stream_(stream_of(seed, EntityKind::service, number, 0, Purpose::errors)) {
    if (settings.errors.rate > 0) error_sources.add(own_errors, settings.errors);
    for (std::uint32_t worker = workers_; worker-- > 0;) idle_.push_back(worker);
}

Service::Arrival Service::arrive(Instant now, std::uint32_t call, std::uint32_t token) {
    if (!outages.empty()) {
        switch (outages.latest()) {
            case OutageMode::error:
                return {Reception::answered, Outcome::transient, {}, {}};
            case OutageMode::blackhole:
                return {Reception::dropped, {}, {}, {}};
            case OutageMode::refuse:
                break;
        }
    }
    if (!host_up_) return {Reception::answered, Outcome::unavailable, {}, {}};

    if (!idle_.empty()) {
        const std::uint32_t worker = idle_.back();
        idle_.pop_back();
        return {Reception::started, {}, worker, start(worker, now, call, token)};
    }
    if (queue_.size() < queue_limit_) {
        queue_.push({call, token, now});
        return {Reception::queued, {}, {}, {}};
    }
    return {Reception::answered, Outcome::overload, {}, {}};
}

Service::Completion Service::done(Instant now, std::uint32_t worker) {
    Completion completion{serving_[worker], draw_answer(), false, {}, {}};
    if (queue_.empty()) {
        idle_.push_back(worker);
        return completion;
    }
    const Visit next = queue_.front();
    queue_.pop();
    completion.took_next = true;
    completion.waited = now - next.since;
    completion.takes = start(worker, now, next.call, next.token);
    return completion;
}

Duration Service::start(std::uint32_t worker, Instant now, std::uint32_t call, std::uint32_t token) {
    serving_[worker] = {call, token, now};
    const Duration usual = usual_time_.draw(time_stream_);
    if (slowdowns.empty()) return usual;
    double seconds = to_seconds(usual);
    for (const auto& slowdown : slowdowns) seconds *= slowdown.value;
    return from_seconds(seconds);
}

/// Each source of errors has its chance in turn; the first that strikes names the error.
Outcome Service::draw_answer() {
    for (const auto& source : error_sources) {
        if (error_stream_.uniform() >= source.value.rate) continue;
        return source.value.error_class == ErrorClass::transient ? Outcome::transient : Outcome::client_error;
    }
    return Outcome::success;
}

}  // namespace stampede::sim
