#include "sim/kernel/sampler.hpp"

#include "policies/random/distributions.hpp"

namespace stampede::sim {

using namespace scenarios;

Sampler::Sampler(const TimeDistribution& distribution) : kind_(Kind::constant), a_(0), b_(0) {
    struct Visitor {
        Sampler& sampler;
        void set(Kind kind, double a, double b = 0) const {
            sampler.kind_ = kind;
            sampler.a_ = a;
            sampler.b_ = b;
        }
        void operator()(const ConstantTime& time) const { set(Kind::constant, to_seconds(time.value)); }
        void operator()(const ExponentialTime& time) const { set(Kind::exponential, to_seconds(time.mean)); }
        void operator()(const UniformTime& time) const {
            set(Kind::uniform, to_seconds(time.min), to_seconds(time.max));
        }
        /// The median is e^mu, and the 99th percentile e^(mu + z sigma) with z the normal quantile of 0.99.
        void operator()(const LognormalTime& time) const {
            const double mu = portable_log(to_seconds(time.median));
            const double sigma = (portable_log(to_seconds(time.p99)) - mu) / normal_quantile(0.99);
            set(Kind::lognormal, mu, sigma);
        }
    };
    std::visit(Visitor{*this}, distribution);
}

Duration Sampler::draw(Stream& stream) const noexcept {
    switch (kind_) {
        case Kind::constant:
            return from_seconds(a_);
        case Kind::exponential:
            return from_seconds(exponential(stream, a_));
        case Kind::uniform:
            return from_seconds(uniform(stream, a_, b_));
        case Kind::lognormal:
            return from_seconds(lognormal(stream, a_, b_));
    }
    return {};
}

}  // namespace stampede::sim
