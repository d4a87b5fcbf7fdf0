#pragma once
/// A service: instances behind a balancer, and what it calls itself for each call that it serves.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "policies/core/layer.hpp"
#include "policies/random/stream.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/kernel/sampler.hpp"
#include "sim/services/autoscaler.hpp"

namespace stampede::sim {

/// A call that a service makes: how the caller with that number is used.
struct Edge {
    std::uint16_t caller;
    double probability;
    std::uint32_t count;
    bool optional;
    bool propagates_deadline;
    bool propagates_retry;
};

/// What a service calls, in steps: the calls of a step begin together, the next step when all of them have ended.
class CallPlan {
public:
    CallPlan() = default;
    /// The callers of the service's calls are numbered on from `first_caller`, in the order of the settings.
    CallPlan(const std::vector<scenarios::OutgoingCall>& calls, std::uint16_t first_caller);

    [[nodiscard]] bool empty() const noexcept { return steps_.empty(); }
    [[nodiscard]] std::size_t steps() const noexcept { return steps_.size(); }
    /// Steps that come before the service's own work.
    [[nodiscard]] std::size_t steps_before() const noexcept { return steps_before_; }
    [[nodiscard]] std::span<const Edge> step(std::size_t number) const noexcept {
        return {edges_.data() + steps_[number].first, steps_[number].count};
    }
    [[nodiscard]] const Edge& edge(std::uint16_t caller) const noexcept {
        return edges_[place_[caller - first_caller_]];
    }

private:
    struct Step {
        std::size_t first;
        std::size_t count;
    };
    std::uint16_t first_caller_ = 0;
    std::size_t steps_before_ = 0;
    std::vector<Edge> edges_;         ///< in the order of the steps
    std::vector<std::size_t> place_;  ///< of each call's edge, in the order of the settings
    std::vector<Step> steps_;
};

class Service {
public:
    /// `first` is the run-wide number of its first instance. The settings outlive the service.
    Service(const scenarios::ServiceSettings& settings, std::uint64_t seed, std::uint16_t number, std::uint16_t first,
            CallPlan plan);
    Service(const scenarios::ServiceSettings&&, std::uint64_t, std::uint16_t, std::uint16_t, CallPlan) = delete;

    [[nodiscard]] const scenarios::ServiceSettings& settings() const noexcept { return settings_; }
    [[nodiscard]] std::uint16_t first_instance() const noexcept { return first_; }
    /// Instances that take calls at present.
    [[nodiscard]] std::uint32_t running() const noexcept { return count_; }
    /// Of all of them.
    [[nodiscard]] std::uint32_t workers() const noexcept { return count_ * settings_.workers; }
    [[nodiscard]] const CallPlan& plan() const noexcept { return plan_; }
    /// Calls a second that all workers can do at their usual speed.
    [[nodiscard]] double capacity_per_s() const noexcept {
        const double cores =
            settings_.processor ? std::min(settings_.processor->cores, 1.0 * settings_.workers) : settings_.workers;
        return count_ * cores / usual_mean_s_;
    }
    [[nodiscard]] Duration queue_timeout() const noexcept { return queue_timeout_; }
    [[nodiscard]] Duration draw_pause(Stream& stream) const noexcept { return pause_time_->draw(stream); }

    /// Null where the number of instances is fixed.
    [[nodiscard]] Autoscaler* autoscaler() noexcept { return autoscaler_ ? &*autoscaler_ : nullptr; }
    [[nodiscard]] std::uint32_t starting() const noexcept { return starting_; }
    void instance_starts() noexcept { ++starting_; }
    void instance_started() noexcept { --starting_; }
    void set_running(std::uint32_t count) noexcept {
        count_ = static_cast<std::uint16_t>(count);
        turn_ = 0;
        list_present();
    }

    /// The balancer passes the instance (its run-wide number) over until it has rejoined as often as left. Where all
    /// have left it goes by none of that.
    void leave(std::uint16_t instance);
    void rejoin(std::uint16_t instance);

    /// The instance (its run-wide number) that an attempt goes to: the host that it asks for, counted from 0, or one of
    /// the balancer's choice. `under_way` says how many calls each of the run's instances has been sent and not
    /// answered.
    [[nodiscard]] std::uint16_t choose(std::uint16_t host, std::span<const std::uint32_t> under_way) {
        if (count_ == 1) return first_;
        if (host != any_host) return static_cast<std::uint16_t>(first_ + host % count_);
        return balance(under_way);
    }

private:
    [[nodiscard]] std::uint16_t balance(std::span<const std::uint32_t> under_way);
    [[nodiscard]] std::uint16_t any_instance(std::uint32_t count) noexcept;
    void list_present();
    /// Of those that the balancer chooses from.
    [[nodiscard]] std::uint16_t instance_at(std::uint32_t place) const noexcept {
        return present_.empty() ? static_cast<std::uint16_t>(first_ + place) : present_[place];
    }

    const scenarios::ServiceSettings& settings_;
    std::uint16_t first_;
    std::uint16_t count_;
    std::uint16_t turn_ = 0;
    double usual_mean_s_;
    CallPlan plan_;
    Stream balancing_stream_;
    Duration queue_timeout_;
    std::optional<Sampler> pause_time_;
    std::optional<Autoscaler> autoscaler_;
    std::uint32_t starting_ = 0;
    std::vector<std::uint16_t> left_;     ///< the balancer, as often as they did
    std::vector<std::uint16_t> present_;  ///< those that have not; empty where that is all or none
};

}  // namespace stampede::sim
