#pragma once
/// One run: clients, policies, services, faults and the network, driven by the agenda.

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "policies/core/call.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/clients/call_pool.hpp"
#include "sim/clients/caller.hpp"
#include "sim/clients/connections.hpp"
#include "sim/clients/endpoints.hpp"
#include "sim/clients/population.hpp"
#include "sim/clients/presence.hpp"
#include "sim/clients/timetable.hpp"
#include "sim/clients/visits.hpp"
#include "sim/faults/schedule.hpp"
#include "sim/guard.hpp"
#include "sim/kernel/agenda.hpp"
#include "sim/measure/endpoint_recorder.hpp"
#include "sim/measure/recorder.hpp"
#include "sim/network/answered.hpp"
#include "sim/network/network.hpp"
#include "sim/platform/activities.hpp"
#include "sim/platform/platform.hpp"
#include "sim/services/backend.hpp"

namespace stampede::sim {

class Simulation final : private Driver, private Frontend, private Clientele {
public:
    /// The scenario must be valid and outlive the simulation.
    Simulation(const scenarios::Scenario& scenario, std::uint64_t seed);

    /// From time zero to the end of the run. To be called once.
    void run();

    [[nodiscard]] const Recorder& recorder() const noexcept { return recorder_; }
    [[nodiscard]] std::size_t populations() const noexcept { return populations_.size(); }
    /// The populations, and then the calls of services.
    [[nodiscard]] const std::vector<Caller>& callers() const noexcept { return callers_; }
    [[nodiscard]] const ConnectionPools& connections() const noexcept { return connections_; }
    /// By endpoint, in the order of the services; empty where no service has any.
    [[nodiscard]] const std::vector<ClientTally>& endpoints() const noexcept { return endpoint_recorder_.tallies(); }
    [[nodiscard]] const BreakerRegistry& breakers() const noexcept { return breakers_; }
    [[nodiscard]] const FaultSchedule& faults() const noexcept { return faults_; }
    [[nodiscard]] const Platform& platform() const noexcept { return platform_; }
    /// The limit that ended the run before its time; empty where none did.
    [[nodiscard]] std::string_view stopped_by() const noexcept { return stopped_by_; }
    [[nodiscard]] Instant end() const noexcept { return end_; }
    [[nodiscard]] std::uint64_t events() const noexcept { return events_; }
    /// Hash over every event: its time, kind and subject.
    [[nodiscard]] std::uint64_t fingerprint() const noexcept { return fingerprint_; }

private:
    struct AgentStreams {
        Stream arrivals;
        Stream policies;
    };

    void prepare_lanes();
    void follow_platform();
    void change_platform(std::uint32_t number);
    void start_agents(std::uint64_t seed);

    struct Audience;  ///< of the agenda
    [[nodiscard]] bool is_stale(const Event& event) const noexcept;
    [[gnu::always_inline]] void handle(const Event& event);
    /// Asks the guard; answers whether the run ends here.
    [[nodiscard]] bool is_stopped();
    void handle_disturbance(const Event& event);
    void request(const Event& event);
    void begin_request(std::uint16_t population, std::uint32_t agent, std::uint32_t reloads);
    [[nodiscard]] Duration first_request(std::size_t population, std::uint32_t agent);
    /// Of an agent who has reloaded so often already in this visit.
    [[nodiscard]] Event request_event(std::uint16_t population, std::uint32_t agent,
                                      std::uint32_t reloads) const noexcept;
    void schedule_request(std::uint16_t population, std::uint32_t agent);
    void call_timer(const Event& event);
    void call_resume(const Event& event);
    void reply(const Event& event);
    void unwanted_answer(const Event& event);

    // Requests that end before their time, in clients/departures.cpp.
    struct Struck {
        std::uint16_t population;
        std::uint32_t clients;
        std::uint32_t first_agent;
        std::uint32_t end_agent;
    };
    [[nodiscard]] Struck struck_by(const scenarios::ReconnectFault& fault) const;
    void begin_patience(std::uint16_t population, std::uint32_t call, std::uint32_t reloads);
    void patience_over(const Event& event);
    void go_on(const CallInfo& info, std::uint32_t call, std::optional<Visits::Reload> reload, bool success);
    // Clientele.
    void leave(const scenarios::ReconnectFault& fault) override;
    void come_back(const scenarios::ReconnectFault& fault) override;

    // Connections, in simulation_connections.cpp.
    void seek_connection(const Call& call);
    void go_on_with(CallRef attempt, ConnectionPools::Step step);
    void end_unsent(CallRef attempt, Outcome outcome);
    void ask_for_connection(CallRef attempt, std::uint8_t times);
    void connection_event(const Event& event);
    void asked_for_connection(const Event& event);
    void ask_again(CallRef attempt, std::uint8_t times);
    [[nodiscard]] bool is_unanswered(CallRef attempt) const noexcept;
    void connected(CallRef attempt, bool is_set_up);
    void give_back_connection(const Call& call, bool keeps);

    /// The attempt is on its way to the instance that was chosen for it.
    void begin_attempt(const Call& call);
    /// Sends the call's attempt over the network: it may be delayed or lost.
    void to_instance(const Call& call, std::uint16_t instance);
    void cross_network(const Endpoint& from, const Endpoint& to, double bytes, std::uint16_t caller,
                       const Event& message);
    [[nodiscard]] Endpoint caller_of(const CallInfo& info) const noexcept;
    [[nodiscard]] Endpoint endpoint_of(const Instance& instance) const noexcept {
        return {instance.zone(), Endpoint::none, instance.service(), instance.number()};
    }
    [[nodiscard]] std::uint16_t zone_of(const CallInfo& info) const noexcept;
    [[nodiscard]] bool is_of_population(const CallInfo& info) const noexcept { return info.caller < population_count_; }
    /// `keeps`: its connection, if it has one, can be used again.
    void settled(const Call& call, bool keeps) {
        const CallInfo& info = CallPool::info(call);
        backend_.attempt_ended(info.instance);
        if (connections_.concern(info.caller)) give_back_connection(call, keeps);
    }
    [[nodiscard]] Surroundings surroundings(const CallInfo& info) noexcept;

    // Frontend.
    void answer(std::uint16_t instance, const Visit& visit, Outcome outcome, std::uint16_t retry_tenths) override;
    std::uint32_t begin_call(std::uint16_t caller, std::uint32_t job, std::uint32_t member,
                             const CallFacts& facts) override;
    void cancel_call(std::uint32_t call, std::uint32_t job) override;
    void connection_waits(const Visit& visit) override;
    void connection_accepted(std::uint16_t instance, const Visit& visit) override;
    void connections_broken(std::uint16_t instance) override;

    // Driver.
    void send(Call& call) override;
    void abandon(Call& call) override;
    void arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) override;
    void finish(Call& call, Outcome outcome) override;
    Call& acquire_branch(Call& parent) override { return calls_.acquire_branch(parent); }
    void release_branch(Call& branch) override { calls_.release(branch); }
    Call& find(std::uint32_t id) override { return calls_.call(id); }
    void wake(CallRef call) override;

    const scenarios::Scenario& scenario_;
    Instant end_;
    Agenda agenda_;
    FaultSchedule faults_;
    Platform platform_;
    Activities activities_;
    Network network_;
    BreakerRegistry breakers_;
    std::vector<Population> populations_;
    std::size_t population_count_;                        ///< a vector's size costs a division
    std::vector<std::unique_ptr<Timetable>> timetables_;  ///< by population; null where it needs none
    Presence presence_;
    Visits visits_;
    std::vector<Caller> callers_;       ///< of populations first
    std::vector<std::uint16_t> zones_;  ///< of populations
    std::vector<AgentStreams> agents_;
    std::vector<Stream> network_streams_;  ///< by caller
    bool own_layers_ = false;              ///< some callers' policies are each member's own
    bool reaches_far_ = false;  ///< the agents, or policies of their own, are more than lie in the nearer caches
    CallPool calls_;
    ConnectionPools connections_;
    EndpointChoices endpoints_;
    Backend backend_;
    Recorder recorder_;
    EndpointRecorder endpoint_recorder_;
    Observer& observer_;  ///< of the policies: one of these two
    AnsweredAttempts answered_;
    RunGuard guard_;
    std::string_view stopped_by_;
    std::uint64_t events_ = 0;
    std::uint64_t fingerprint_ = 0;
};

}  // namespace stampede::sim
