#include "sim/services/service.hpp"

#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using scenarios::Balancing;
using scenarios::CallMoment;

CallPlan::CallPlan(const std::vector<scenarios::OutgoingCall>& calls, std::uint16_t first_caller)
    : first_caller_(first_caller), place_(calls.size()) {
    for (const CallMoment moment : {CallMoment::before, CallMoment::after}) {
        for (std::size_t i = 0; i < calls.size(); ++i) {
            const auto& call = calls[i];
            if (call.when != moment) continue;
            if (!call.parallel) steps_.push_back({edges_.size(), 0});
            ++steps_.back().count;
            place_[i] = edges_.size();
            edges_.push_back({static_cast<std::uint16_t>(first_caller + i), call.probability, call.count, call.optional,
                              call.propagate_deadline, call.propagate_retry});
        }
        if (moment == CallMoment::before) steps_before_ = steps_.size();
    }
}

Service::Service(const scenarios::ServiceSettings& settings, std::uint64_t seed, std::uint16_t number,
                 std::uint16_t first, CallPlan plan)
    : settings_(settings),
      first_(first),
      count_(static_cast<std::uint16_t>(settings.instances)),
      usual_mean_s_(mean_service_time(settings)),
      plan_(std::move(plan)),
      balancing_stream_(stream_of(seed, EntityKind::service, number, 0, Purpose::balancing)),
      queue_timeout_(settings.queue.timeout.value_or(no_timer)) {
    if (settings.pauses) pause_time_.emplace(settings.pauses->lasts);
    if (settings.autoscale) autoscaler_.emplace(*settings.autoscale, settings.instances);
}

void Service::leave(std::uint16_t instance) {
    left_.push_back(instance);
    list_present();
}

void Service::rejoin(std::uint16_t instance) {
    const auto found = std::find(left_.begin(), left_.end(), instance);
    if (found != left_.end()) left_.erase(found);
    list_present();
}

void Service::list_present() {
    present_.clear();
    if (left_.empty()) return;
    for (std::uint16_t k = 0; k < count_; ++k) {
        const auto number = static_cast<std::uint16_t>(first_ + k);
        if (std::find(left_.begin(), left_.end(), number) == left_.end()) present_.push_back(number);
    }
    turn_ = 0;
}

std::uint16_t Service::any_instance(std::uint32_t count) noexcept {
    return instance_at(static_cast<std::uint32_t>(balancing_stream_.uniform() * count));
}

/// Ties go to the instance whose turn is next, so that equal instances share equally.
std::uint16_t Service::balance(std::span<const std::uint32_t> under_way) {
    const std::uint32_t count = present_.empty() ? count_ : static_cast<std::uint32_t>(present_.size());
    const std::uint32_t turn = turn_;
    turn_ = static_cast<std::uint16_t>((turn + 1) % count);
    switch (settings_.balancing) {
        case Balancing::round_robin:
            return instance_at(turn);
        case Balancing::random:
            return any_instance(count);
        case Balancing::two_choices: {
            const std::uint16_t one = any_instance(count);
            const std::uint16_t other = any_instance(count);
            return under_way[other] < under_way[one] ? other : one;
        }
        case Balancing::least_requests:
            break;
    }
    std::uint16_t least = instance_at(turn);
    for (std::uint32_t i = 1; i < count; ++i) {
        const std::uint16_t other = instance_at((turn + i) % count);
        if (under_way[other] < under_way[least]) least = other;
    }
    return least;
}

}  // namespace stampede::sim
