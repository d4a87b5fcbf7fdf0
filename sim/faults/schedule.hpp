#pragma once
/// The faults of a run: when each begins, changes and ends.

#include <cstdint>
#include <vector>

#include "scenarios/format/scenario.hpp"
#include "sim/faults/fault.hpp"
#include "sim/kernel/agenda.hpp"

namespace stampede::sim {

class FaultSchedule {
public:
    FaultSchedule(const scenarios::Scenario& scenario, std::uint64_t seed);

    /// Those of the file, of its trace, and those that were drawn, in this order.
    [[nodiscard]] const std::vector<scenarios::Fault>& faults() const noexcept { return faults_; }
    /// Of the last so many faults: their places among those that they were drawn from.
    [[nodiscard]] const std::vector<std::uint32_t>& drawn() const noexcept { return drawn_; }

    /// To be called before anything else is scheduled, so that at its instant a fault comes before whatever else is due
    /// then.
    void begin(Agenda& agenda) const;
    /// An event of kind fault_begin, fault_end or fault_change.
    void handle(const Event& event, Agenda& agenda, const FaultStage& stage) const;

private:
    void apply_step(std::uint32_t number, Agenda& agenda, const FaultStage& stage) const;

    std::vector<scenarios::Fault> faults_;
    std::vector<std::uint32_t> drawn_;
    std::vector<Episode> episodes_;
};

}  // namespace stampede::sim
