#pragma once
/// One run: clients, policies, services, faults and the network, driven by the agenda.

#include <cstdint>
#include <vector>

#include "policies/core/call.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/clients/call_pool.hpp"
#include "sim/clients/population.hpp"
#include "sim/kernel/agenda.hpp"
#include "sim/measure/recorder.hpp"
#include "sim/platform/platform.hpp"
#include "sim/services/service.hpp"

namespace stampede::sim {

class Simulation final : private Driver {
public:
    /// The scenario must be valid and outlive the simulation.
    Simulation(const scenarios::Scenario& scenario, std::uint64_t seed);

    /// From time zero to the end of the run. To be called once.
    void run();

    [[nodiscard]] const Recorder& recorder() const noexcept { return recorder_; }
    [[nodiscard]] const std::vector<Population>& populations() const noexcept { return populations_; }
    [[nodiscard]] const std::vector<Service>& services() const noexcept { return services_; }
    [[nodiscard]] const BreakerRegistry& breakers() const noexcept { return breakers_; }
    [[nodiscard]] std::uint64_t events() const noexcept { return events_; }
    /// Hash over every event: its time, kind and subject.
    [[nodiscard]] std::uint64_t fingerprint() const noexcept { return fingerprint_; }

private:
    struct AgentStreams {
        Stream arrivals;
        Stream policies;
    };

    void prepare_lanes();
    void schedule_faults();
    void start_agents(std::uint64_t seed);

    void handle(const Event& event);
    void request(std::uint16_t population, std::uint32_t agent);
    void schedule_request(std::uint16_t population, std::uint32_t agent);
    void service_arrival(const Event& event);
    void service_done(const Event& event);
    void start_service(std::size_t service, std::uint32_t worker, Duration takes, Duration waited);
    void reply(const Event& event);
    void change_fault(std::uint32_t fault, bool begins);

    /// Sends a message between a population and its service, either way; it may be lost or delayed.
    void cross_network(std::uint16_t population, const Event& message);
    void answer(std::uint32_t call, std::uint32_t token, Outcome outcome);
    [[nodiscard]] Surroundings surroundings(std::uint32_t call) noexcept;

    // Driver.
    void send(Call& call) override;
    void abandon(Call&) override {}  // the work goes on; its answer will find that nobody waits
    void arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) override;
    void finish(Call& call, Outcome outcome) override;
    Call& acquire_branch(Call& parent) override { return calls_.acquire_branch(parent); }
    void release_branch(Call& branch) override { calls_.release(branch); }
    Call& find(std::uint32_t id) override { return calls_.call(id); }
    void wake(CallRef call) override;

    const scenarios::Scenario& scenario_;
    Instant end_;
    Agenda agenda_;
    Platform platform_;
    BreakerRegistry breakers_;
    std::vector<Service> services_;
    std::vector<Population> populations_;
    std::vector<AgentStreams> agents_;
    std::vector<Duration> latency_;  ///< one way, by population
    std::vector<Stream> network_streams_;
    CallPool calls_;
    Recorder recorder_;
    std::uint64_t events_ = 0;
    std::uint64_t fingerprint_ = 0;
};

}  // namespace stampede::sim
