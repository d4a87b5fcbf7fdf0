#include "sim/services/instance.hpp"

#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using scenarios::ErrorClass;
using scenarios::OutageMode;

namespace {

/// The number of the service's own errors among its sources of errors: no fault has it.
constexpr std::uint32_t own_errors = ~std::uint32_t{0};

Stream stream_for(const Instance::Identity& identity, Purpose purpose) {
    return stream_of(identity.seed, EntityKind::service, identity.service, identity.number, purpose);
}

}  // namespace

Instance::Instance(const scenarios::ServiceSettings& settings, const Identity& identity, std::uint16_t zone)
    : service_(identity.service),
      number_(identity.number),
      zone_(zone),
      workers_(settings.workers),
      queue_limit_(settings.queue.limit),
      usual_time_(settings.service_time),
      serving_(settings.workers),
      time_stream_(stream_for(identity, Purpose::service_time)),
      error_stream_(stream_for(identity, Purpose::errors)) {
    if (settings.errors.rate > 0) error_sources.add(own_errors, settings.errors);
    for (std::uint32_t worker = workers_; worker-- > 0;) idle_.push_back(worker);
}

Instance::Arrival Instance::arrive(Instant now, std::uint32_t call, std::uint32_t token) {
    if (!outages.empty()) {
        switch (outages.latest()) {
            case OutageMode::error:
                return {Reception::answered, Outcome::transient};
            case OutageMode::blackhole:
                return {Reception::dropped};
            case OutageMode::refuse:
                break;
        }
    }
    if (!host_up_) return {Reception::answered, Outcome::unavailable};

    if (!idle_.empty()) {
        const std::uint32_t worker = idle_.back();
        idle_.pop_back();
        return {Reception::started, {}, start(worker, now, {call, token, now})};
    }
    if (queue_.size() < queue_limit_) {
        queue_.push({call, token, now});
        return {Reception::queued};
    }
    return {Reception::answered, Outcome::overload};
}

std::optional<Start> Instance::release(Instant now, std::uint32_t worker) {
    if (queue_.empty()) {
        idle_.push_back(worker);
        return std::nullopt;
    }
    const Visit next = queue_.front();
    queue_.pop();
    return start(worker, now, next);
}

Start Instance::start(std::uint32_t worker, Instant now, const Visit& visit) {
    serving_[worker] = {visit.call, visit.token, now};
    Duration takes = usual_time_.draw(time_stream_);
    if (!slowdowns.empty()) {
        double seconds = to_seconds(takes);
        for (const auto& slowdown : slowdowns) seconds *= slowdown.value;
        takes = from_seconds(seconds);
    }
    return {worker, takes, now - visit.since};
}

/// Each source of errors has its chance in turn; the first that strikes names the error.
Outcome Instance::draw_answer() {
    for (const auto& source : error_sources) {
        if (error_stream_.uniform() >= source.value.rate) continue;
        return source.value.error_class == ErrorClass::transient ? Outcome::transient : Outcome::client_error;
    }
    return Outcome::success;
}

}  // namespace stampede::sim
