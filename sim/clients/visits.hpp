#pragma once
/// People behind the clients: a visit is a request and the reloads that follow it.

#include <cstdint>
#include <optional>
#include <vector>

#include "policies/core/layer.hpp"
#include "policies/core/outcome.hpp"
#include "policies/random/stream.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/kernel/sampler.hpp"

namespace stampede::sim {

class Visits {
public:
    /// The scenario must outlive it.
    Visits(const scenarios::Scenario& scenario, std::uint64_t seed);

    /// Whether there are people behind this population's clients.
    [[nodiscard]] bool concern(std::size_t population) const noexcept {
        return population < crowds_.size() && crowds_[population].has_value();
    }

    struct Wait {
        Duration patience;
        std::uint32_t serial;  ///< tells the request from others whose calls have had the same place
    };
    /// A request began, after so many reloads, whose call has this place.
    [[nodiscard]] Wait begin(std::size_t population, std::uint32_t call, std::uint32_t reloads);
    /// Whether it is still that request.
    [[nodiscard]] bool is(std::uint32_t call, std::uint32_t serial) const noexcept {
        return requests_[call].serial == serial;
    }

    struct Reload {
        Duration after;
        std::uint32_t number;  ///< among the reloads of the visit, from 1
    };
    /// Nothing where they leave it at that.
    [[nodiscard]] std::optional<Reload> after_giving_up(std::size_t population, std::uint32_t call);
    [[nodiscard]] std::optional<Reload> after_outcome(std::size_t population, std::uint32_t call, Outcome outcome);

private:
    struct Crowd {
        Crowd(const scenarios::PatienceSettings& of, Stream visits, Stream decisions)
            : settings(of), patience(of.time), delay(of.delay), first_waits(visits), reloads(decisions) {}
        const scenarios::PatienceSettings& settings;
        Sampler patience;
        Sampler delay;
        Stream first_waits;  ///< of first requests, which are the same in all variants
        Stream reloads;      ///< all that depends on how these went
    };
    struct Request {
        std::uint32_t serial = 0;
        std::uint32_t reloads = 0;
    };

    std::vector<std::optional<Crowd>> crowds_;  ///< by population; empty where there are none
    std::vector<Request> requests_;             ///< by place of the call
};

}  // namespace stampede::sim
