#include "sim/services/instance.hpp"

#include <limits>

#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using scenarios::ErrorClass;
using scenarios::OutageMode;

namespace {

Stream stream_for(const Instance::Identity& identity, Purpose purpose) {
    return stream_of(identity.seed, EntityKind::service, identity.service, identity.number, purpose);
}

}  // namespace

Instance::Instance(const scenarios::ServiceSettings& settings, const Identity& identity, std::uint16_t zone,
                   const CallPool& calls)
    : service_(identity.service),
      number_(identity.number),
      zone_(zone),
      workers_(settings.workers),
      present_(settings.workers),
      queue_limit_(settings.queue.limit),
      crash_at_(settings.crash ? settings.crash->at_queue : std::numeric_limits<std::uint32_t>::max()),
      usual_mean_s_(mean_service_time(settings)),
      cores_(settings.processor ? settings.processor->cores : 0),
      calls_(calls),
      usual_time_(settings.service_time),
      serving_(settings.workers),
      queue_(settings.queue),
      time_stream_(stream_for(identity, Purpose::service_time)),
      error_stream_(stream_for(identity, Purpose::errors)),
      gate_stream_(stream_for(identity, Purpose::gate)),
      latency_stream_(stream_for(identity, Purpose::latency)) {
    if (settings.errors.rate > 0)
        error_sources.set(own_errors, {settings.errors.rate, settings.errors.error_class, {}});
    if (settings.errors.time) error_time_.emplace(*settings.errors.time);
    if (Stress::is_asked_for(settings)) stress_ = std::make_unique<Stress>(settings);
    works_on_host_ = settings.processor && settings.processor->model == scenarios::ProcessorModel::simgrid;
    if (settings.processor && !works_on_host_) processor_ = std::make_unique<Processor>(settings.processor->cores);
    if (!settings.endpoints.empty()) make_endpoints(settings);
    if (settings.backlog) backlog_ = std::make_unique<Backlog>(*settings.backlog);
    for (std::uint32_t worker = workers_; worker-- > 0;) idle_.push_back(worker);
}

Instance::Arrival Instance::arrive(Visit visit) {
    if (!outages.empty()) {
        switch (outages.latest()) {
            case OutageMode::error:
                return {Reception::answered, Outcome::transient};
            case OutageMode::blackhole:
                return {Reception::dropped};
            case OutageMode::refuse:
            case OutageMode::reset:
                break;
        }
    }
    if (!up_) return {Reception::answered, Outcome::unavailable};
    if (!endpoints_.empty())
        if (const auto stopped = stop_at_endpoint(visit)) return *stopped;
    if (stress_)
        if (const auto stopped = stop_at_gate(visit)) return *stopped;

    if (!idle_.empty()) {
        const std::uint32_t worker = idle_.back();
        idle_.pop_back();
        return {Reception::started, {}, start(worker, visit.since(), visit)};
    }
    return enqueue(visit);
}

Instance::Arrival Instance::enqueue(const Visit& visit) {
    if (stress_) return enqueue_by_rules(visit);
    if (queue_.size() >= queue_limit_) return {Reception::answered, Outcome::overload};
    queue_.push(visit, 0);
    return {Reception::queued};
}

std::optional<Start> Instance::release(Instant now, std::uint32_t worker) {
    if (leaving_ > 0) {
        --leaving_;
        away_.push_back(worker);
        return std::nullopt;
    }
    const auto next = stress_ ? next_worth_serving(now) : queue_.pop(now, turned_away_);
    if (next) return start(worker, now, *next);
    idle_.push_back(worker);
    return std::nullopt;
}

Start Instance::start(std::uint32_t worker, Instant now, const Visit& visit) {
    serving_[worker].visit = visit;
    serving_[worker].visit.set_since(now);
    if (!endpoints_.empty()) return start_at_endpoint(worker, now, now - visit.since());
    Duration takes = usual_time_.draw(time_stream_);
    if (!slowdowns.empty() || stress_ || error_time_ || pauses_.used() || !latencies.empty())
        takes = altered(takes, now, worker);
    return {worker, takes, now - visit.since()};
}

/// What makes a call take another time than usual.
Duration Instance::altered(Duration takes, Instant now, std::uint32_t worker) {
    if (pauses_.used()) pause_marks_[worker] = pauses_.total(now);
    if (error_time_) {
        serving_[worker].answer = draw_answer();
        if (serving_[worker].answer != Outcome::success) return error_time_->draw(error_stream_);
    }
    if (!latencies.empty()) return slowed(takes, now) + added_latency(*this, true);
    return slowed(takes, now);
}

Duration Instance::slowed(Duration takes, Instant now) {
    if (slowdowns.empty() && !stress_) return takes;
    double seconds = to_seconds(takes);
    for (const auto& slowdown : slowdowns) seconds *= slowdown.value;
    if (stress_) seconds *= stress_->time_factor(now, busy() - 1);
    return from_seconds(seconds);
}

Duration Instance::added_latency(const Ailments& of, bool holds_worker) {
    double seconds = 0;
    for (const auto& [episode, added] : of.latencies) {
        if (added.holds_worker != holds_worker) continue;
        if (added.calls < 1 && latency_stream_.uniform() >= added.calls) continue;
        seconds += added.strength * to_seconds(added.time.draw(latency_stream_));
    }
    return from_seconds(seconds);
}

Outcome Instance::answer_of(std::uint32_t worker) {
    return error_time_ || !endpoints_.empty() ? serving_[worker].answer : draw_answer();
}

/// Each source of errors has its chance in turn; the first that strikes names the error.
Outcome Instance::draw_answer() {
    for (const auto& source : error_sources)
        if (const auto error = draw_error(source.value)) return *error;
    return Outcome::success;
}

std::optional<Outcome> Instance::draw_error(const scenarios::ErrorSettings& source) {
    if (error_stream_.uniform() >= source.rate) return std::nullopt;
    return source.error_class == ErrorClass::transient ? Outcome::transient : Outcome::client_error;
}

}  // namespace stampede::sim
