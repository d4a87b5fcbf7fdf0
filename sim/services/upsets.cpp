/// What interrupts an instance: crashes, pauses, calls that are given up.

#include <algorithm>

#include "sim/services/instance.hpp"

namespace stampede::sim {

void Instance::drop_work(Instant now, bool keeps_queue, std::vector<Visit>& lost) {
    std::vector<bool> is_busy(workers_, true);
    for (const auto* resting : {&idle_, &away_})
        for (const std::uint32_t worker : *resting) is_busy[worker] = false;
    for (std::uint32_t worker = 0; worker < workers_; ++worker) {
        if (!is_busy[worker]) continue;
        lost.push_back(serving_[worker].visit);
        ++serving_[worker].generation;
        idle_.push_back(worker);
    }
    if (!keeps_queue) queue_.clear(lost);
    if (backlog_) backlog_->clear(lost);
    if (processor_) processor_->clear(now);
    parked_.clear();
    adapt_capacity(now);
}

void Instance::restart(Instant now) {
    if (stops_ == 0 || --stops_ > 0) return;
    up_ = host_up_;
    become_cold(now);
}

void Instance::become_cold(Instant now) {
    if (!stress_) return;
    if (stress_->cache) stress_->cache->flush(now);
    if (stress_->warm_up) stress_->warm_up->start(now);
}

std::optional<std::uint32_t> Instance::call_worker() {
    if (idle_.empty() || queue_.empty()) return std::nullopt;
    const std::uint32_t worker = idle_.back();
    idle_.pop_back();
    return worker;
}

double Instance::lost_share() const noexcept {
    double lost = 0;
    for (const auto& loss : losses) lost += loss.value;
    return std::min(lost, 1.0);
}

void Instance::adapt_capacity(Instant now) {
    if (works_on_host_) return;
    if (processor_) return processor_->set_cores(now, cores_ - lost_cores());
    const auto wanted = static_cast<std::uint32_t>(lost_share() * workers_ + 0.5);
    while (away_.size() < wanted && !idle_.empty()) {
        away_.push_back(idle_.back());
        idle_.pop_back();
    }
    leaving_ = wanted > away_.size() ? wanted - static_cast<std::uint32_t>(away_.size()) : 0;
    present_ = workers_ - wanted;
}

std::optional<std::uint32_t> Instance::returning_worker() {
    if (workers_ - away_.size() >= present_) return std::nullopt;
    const std::uint32_t worker = away_.back();
    away_.pop_back();
    return worker;
}

void Instance::pause(Instant now) {
    pause_marks_.resize(workers_);  // nobody has missed anything before the first pause
    pauses_.pause(now);
    if (processor_) processor_->set_speed(now, 0);
    if (backlog_) backlog_->interrupt();
}

bool Instance::resume(Instant now) {
    if (!pauses_.resume(now)) return false;
    if (processor_) processor_->set_speed(now, 1);
    return true;
}

Duration Instance::owed(Instant now, std::uint32_t worker) {
    const Duration total = pauses_.total(now);
    const Duration owed = total - pause_marks_[worker];
    pause_marks_[worker] = total;
    return owed;
}

std::optional<std::uint32_t> Instance::give_up(Instant now, std::uint32_t call, std::uint32_t token) {
    const auto serves = [&](const Serving& s) { return s.visit.call == call && s.visit.token == token; };
    const auto found = std::find_if(serving_.begin(), serving_.end(), serves);
    if (found == serving_.end()) return std::nullopt;
    const auto worker = static_cast<std::uint32_t>(found - serving_.begin());
    for (const auto* resting : {&idle_, &away_})
        if (std::find(resting->begin(), resting->end(), worker) != resting->end())
            return std::nullopt;  // served before
    ++found->generation;
    std::erase_if(parked_, [&](const Parked& parked) { return parked.worker == worker; });
    if (processor_) processor_->remove(now, worker);
    return worker;
}

}  // namespace stampede::sim
