/// What interrupts an instance: crashes, pauses, calls that are given up.

#include <algorithm>

#include "sim/services/instance.hpp"

namespace stampede::sim {

void Instance::crash(Instant now, std::vector<Visit>& lost) {
    std::vector<bool> is_idle(workers_);
    for (const std::uint32_t worker : idle_) is_idle[worker] = true;
    for (std::uint32_t worker = 0; worker < workers_; ++worker) {
        if (is_idle[worker]) continue;
        lost.push_back(serving_[worker].visit);
        ++serving_[worker].generation;
        idle_.push_back(worker);
    }
    queue_.clear(lost);
    if (processor_) processor_->clear(now);
    parked_.clear();
    process_up_ = false;
    up_ = false;
}

void Instance::restart(Instant now) {
    process_up_ = true;
    up_ = host_up_;
    if (!stress_) return;
    if (stress_->cache) stress_->cache->flush(now);
    if (stress_->warm_up) stress_->warm_up->start(now);
}

void Instance::pause(Instant now) {
    pause_marks_.resize(workers_);  // nobody has missed anything before the first pause
    pauses_.pause(now);
    if (processor_) processor_->set_speed(now, 0);
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
    if (std::find(idle_.begin(), idle_.end(), worker) != idle_.end()) return std::nullopt;  // it has served it before
    ++found->generation;
    std::erase_if(parked_, [&](const Parked& parked) { return parked.worker == worker; });
    if (processor_) processor_->remove(now, worker);
    return worker;
}

}  // namespace stampede::sim
