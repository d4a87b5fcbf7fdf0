#pragma once
/// When the clients of an open population request, where that is more than a constant rate.

#include <cstdint>
#include <vector>

#include "policies/random/stream.hpp"
#include "scenarios/format/load/curve.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/clients/modulation.hpp"

namespace stampede::sim {

/// Clocks that are late for a while: those of the first so many clients.
struct ClockSkew {
    double begin_s;
    double end_s;
    double by_s;  ///< each by a time of its own up to this
    std::uint32_t clients;
};

/// All that changes the rate is known when the run begins: the shapes, the states of a common modulation (drawn then)
/// and the surges among the faults. So it is one curve for all clients that the same surges strike, and nothing has to
/// be drawn anew when the rate changes.
class Timetable {
public:
    /// Of population `number` of the scenario, which has an open load.
    Timetable(const scenarios::Scenario& scenario, std::size_t number, std::uint64_t seed);

    /// Time from the start of the run to a client's first arrival; `no_timer` for never. To be asked once for every
    /// client, in their order.
    [[nodiscard]] Duration first(std::uint32_t client, Stream& stream);
    /// Time from an arrival, or whatever else happens now, to the client's next arrival; `no_timer` for never.
    [[nodiscard]] Duration next(Instant now, std::uint32_t client, Stream& stream);
    /// How many requests the next arrival is. Draws only where that differs.
    [[nodiscard]] std::uint32_t batch(Stream& stream) const noexcept;

private:
    struct Curve {
        std::uint32_t first_client;
        scenarios::RateCurve curve;
    };

    void build_curves(const scenarios::Scenario& scenario, std::size_t number, std::uint64_t seed);
    [[nodiscard]] const scenarios::RateCurve& curve_of(std::uint32_t client) const noexcept;
    /// The time at which the curve has grown by so much since t; infinity for never.
    [[nodiscard]] double later(double t_s, double growth, std::uint32_t client, Stream& stream);
    [[nodiscard]] double later_in_own_states(double t_s, double growth, std::uint32_t client, Stream& stream);
    [[nodiscard]] double tick_after(double t_s, std::uint32_t client) const;
    [[nodiscard]] double lateness(double t_s, std::uint32_t client) const noexcept;

    const scenarios::OpenLoad& load_;
    std::size_t number_;
    std::uint64_t seed_;
    double end_s_;
    double mean_batch_;  ///< the curves count requests; this many come at once
    std::vector<Curve> curves_;
    std::vector<ModulationPoint> own_;  ///< by client, of a modulation of each its own: as of its last arrival
    std::vector<ClockSkew> skews_;
};

/// Whether the population needs one.
[[nodiscard]] bool needs_timetable(const scenarios::Scenario& scenario, std::size_t population);

}  // namespace stampede::sim
