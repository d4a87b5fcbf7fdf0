#pragma once
/// Which endpoint each call goes to, all attempts of it to the same.

#include <cstdint>
#include <vector>

#include "policies/core/call.hpp"
#include "policies/random/stream.hpp"
#include "scenarios/format/scenario.hpp"

namespace stampede::sim {

class EndpointChoices {
public:
    /// By caller, in the order of the scenario.
    EndpointChoices(const scenarios::Scenario& scenario, std::uint64_t seed);

    /// Whether any service has endpoints.
    [[nodiscard]] bool any() const noexcept { return !callers_.empty(); }
    /// Whether the service that it calls does.
    [[nodiscard]] bool concern(std::uint16_t caller) const noexcept { return any() && callers_[caller].count > 0; }

    /// A call begins. Draws only where it may go to several.
    void choose(std::uint16_t caller, std::uint32_t call);

    /// The number that the call's next attempt names, from 1; 0 where it says nothing: calls to a stand-in do not.
    [[nodiscard]] std::uint8_t number(std::uint16_t caller, const Call& call) const noexcept {
        return concern(caller) && call.facts().alternative == 0 ? chosen_[call.root()].number : std::uint8_t{0};
    }
    /// The place of the call's endpoint among all that there are.
    [[nodiscard]] std::size_t place(std::uint32_t call) const noexcept { return chosen_[call].place; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    struct Of {
        std::uint32_t first = 0;    ///< place of the service's first endpoint among all
        std::uint8_t count = 0;     ///< of the service's endpoints
        std::uint8_t fixed = 0;     ///< the number of the one that it always calls; 0 for none
        std::vector<double> up_to;  ///< shares of the weights of each and those before it
        Stream stream;
    };
    struct Chosen {
        std::uint32_t place = 0;
        std::uint8_t number = 0;
    };

    void add(const scenarios::Scenario& scenario, const std::string& service, const std::string& endpoint,
             Stream stream);

    std::vector<Of> callers_;     ///< empty where no service has endpoints
    std::vector<Chosen> chosen_;  ///< by place of the call
    std::size_t size_ = 0;
};

}  // namespace stampede::sim
