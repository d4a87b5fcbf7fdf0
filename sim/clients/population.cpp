#include "sim/clients/population.hpp"

#include "policies/random/distributions.hpp"

namespace stampede::sim {

using namespace scenarios;

namespace {

Sampler gap_of(const Load& load) {
    if (const auto* closed = std::get_if<ClosedLoad>(&load)) return Sampler{closed->think};
    const auto& open = std::get<OpenLoad>(load);
    const Duration period = from_seconds(1 / open.rate.per_second);
    if (open.arrivals == Arrivals::poisson) return Sampler{ExponentialTime{period}};
    return Sampler{ConstantTime{period}};
}

}  // namespace

Population::Population(const ClientSettings& clients, std::uint32_t first_agent)
    : settings_(&clients), first_agent_(first_agent), agents_(clients.count), gap_(gap_of(clients.load)) {
    if (const auto* closed = std::get_if<ClosedLoad>(&clients.load)) {
        open_ = false;
        agents_per_client_ = closed->concurrency;
        agents_ *= agents_per_client_;
    } else {
        const auto& open = std::get<OpenLoad>(clients.load);
        regular_ = open.arrivals != Arrivals::poisson;
        aligned_ = open.arrivals == Arrivals::aligned;
        period_ = from_seconds(1 / open.rate.per_second);
    }
}

Duration Population::first_request(Stream& stream) const noexcept {
    if (aligned_) return period_;
    if (regular_) return from_seconds(uniform(stream, 0, to_seconds(period_)));
    return gap_.draw(stream);
}

std::uint8_t Population::priority(Stream& stream) const noexcept {
    const std::vector<Share>& shares = settings_->priorities;
    if (shares.empty()) return static_cast<std::uint8_t>(settings_->priority);
    double left = stream.uniform();
    std::uint8_t number = 0;
    while (number + 1U < shares.size() && left >= shares[number]) left -= shares[number++];
    return number;
}

Duration Population::next_request(Stream& stream) const noexcept {
    if (regular_) return period_;
    return gap_.draw(stream);
}

}  // namespace stampede::sim
