#include "sim/kernel/sampler.hpp"

#include <algorithm>

#include "policies/random/distributions.hpp"
#include "policies/random/gamma.hpp"

namespace stampede::sim {

using namespace scenarios;

struct Sampler::Part {
    double up_to;  ///< weights of this part and those before it, as a share of all
    Sampler time;
};

struct Sampler::Step {
    double up_to;  ///< share of the times up to this one
    Duration value;
};

struct Sampler::Read {
    Sampler& sampler;
    void set(Kind kind, double a, double b = 0, double c = 0) const {
        sampler.kind_ = kind;
        sampler.a_ = a;
        sampler.b_ = b;
        sampler.c_ = c;
    }
    void operator()(const ConstantTime& time) const { set(Kind::constant, to_seconds(time.value)); }
    void operator()(const ExponentialTime& time) const { set(Kind::exponential, to_seconds(time.mean)); }
    void operator()(const UniformTime& time) const { set(Kind::uniform, to_seconds(time.min), to_seconds(time.max)); }
    /// The median is e^mu, and the 99th percentile e^(mu + z sigma) with z the normal quantile of 0.99.
    void operator()(const LognormalTime& time) const {
        const double mu = portable_log(to_seconds(time.median));
        const double sigma = (portable_log(to_seconds(time.p99)) - mu) / normal_quantile(0.99);
        set(Kind::lognormal, mu, sigma);
    }
    void operator()(const GammaTime& time) const { set(Kind::gamma, to_seconds(time.mean), time.shape); }
    void operator()(const ParetoTime& time) const { set(Kind::pareto, to_seconds(time.min), 1 / time.alpha); }
    void operator()(const WeibullTime& time) const { set(Kind::weibull, to_seconds(time.scale), 1 / time.shape); }
    void operator()(const BimodalTime& time) const {
        set(Kind::bimodal, to_seconds(time.fast), to_seconds(time.slow), time.slow_share);
    }
    void operator()(const EmpiricalTime& time) const {
        set(Kind::empirical, 0);
        if (!time.histogram.empty()) return counted(time.histogram);
        sampler.values_ = std::make_shared<const std::vector<Duration>>(time.values);
    }
    void counted(const std::vector<CountedTime>& histogram) const {
        set(Kind::histogram, 0);
        double sum = 0;
        for (const CountedTime& each : histogram) sum += static_cast<double>(each.count);
        std::vector<Step> steps;
        double up_to = 0;
        for (const CountedTime& each : histogram) {
            if (each.count == 0) continue;
            up_to += static_cast<double>(each.count);
            steps.push_back({up_to / sum, each.value});
        }
        sampler.steps_ = std::make_shared<const std::vector<Step>>(std::move(steps));
    }
    void operator()(const MixtureTime& time) const {
        set(Kind::mixture, 0);
        double sum = 0;
        for (const auto& part : time.parts) sum += part.weight;
        std::vector<Part> parts;
        double up_to = 0;
        for (const auto& part : time.parts) {
            up_to += part.weight / sum;
            parts.push_back({up_to, std::visit([](const auto& plain) { return Sampler{plain}; }, part.time)});
        }
        sampler.parts_ = std::make_shared<const std::vector<Part>>(std::move(parts));
    }
};

Sampler::Sampler(const TimeDistribution& distribution) { std::visit(Read{*this}, distribution); }

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
        case Kind::gamma:
            return from_seconds(a_ * gamma(stream, b_));
        case Kind::pareto:  // min · U^(-1/alpha)
            return from_seconds(a_ * portable_exp(-b_ * portable_log(stream.uniform())));
        case Kind::weibull:  // scale · (-ln U)^(1/shape)
            return from_seconds(a_ * portable_exp(b_ * portable_log(-portable_log(stream.uniform()))));
        case Kind::bimodal:
            return from_seconds(stream.uniform() < c_ ? b_ : a_);
        case Kind::empirical:
            return (*values_)[static_cast<std::size_t>(stream.uniform() * static_cast<double>(values_->size()))];
        case Kind::histogram:
            return draw_step(stream.uniform());
        case Kind::mixture:
            return draw_part(stream.bits());
    }
    return {};
}

Duration Sampler::draw_step(double u) const noexcept {
    const auto above = [](double x, const Step& step) { return x < step.up_to; };
    const auto found =
        std::upper_bound(steps_->begin(), steps_->end() - 1, u, above);  // the last takes what rounding left
    return found->value;
}

/// From a stream of its own, so that it takes one draw whatever the part takes.
Duration Sampler::draw_part(std::uint64_t bits) const noexcept {
    Stream own{bits};
    const double u = own.uniform();
    for (const Part& part : *parts_)
        if (u < part.up_to) return part.time.draw(own);
    return parts_->back().time.draw(own);  // the weights' shares add up to 1 but for rounding
}

}  // namespace stampede::sim
