#include "policies/random/distributions.hpp"

#include <rapidcheck.h>

#include <bit>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/next.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace stampede;

namespace {

/// Distance from the true value, computed in extended precision, in units of the last place of the double nearest to
/// it.
double error_in_ulp(double value, long double truth) {
    const auto nearest = static_cast<double>(truth);
    const double ulp = std::nextafter(std::abs(nearest), std::numeric_limits<double>::infinity()) - std::abs(nearest);
    return static_cast<double>(std::abs(static_cast<long double>(value) - truth) / static_cast<long double>(ulp));
}

/// Doubles spread evenly over all exponents, by their bits.
double positive_normal(std::uint64_t bits) {
    constexpr std::uint64_t smallest = 0x0010000000000000;
    constexpr std::uint64_t infinite = 0x7ff0000000000000;
    return std::bit_cast<double>(smallest + bits % (infinite - smallest));
}

struct Moments {
    double mean;
    double variance;
};

template <class Draw>
Moments moments(Draw draw) {
    constexpr int n = 200'000;
    Stream stream = Stream::of(7, 7, 7);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; ++i) {
        const double x = draw(stream);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / n;
    return {mean, squares / n - mean * mean};
}

}  // namespace

TEST_CASE("portable_log is within 1 ulp of the logarithm over all normal numbers") {
    static_assert(sizeof(long double) > sizeof(double), "needs extended precision to compare with");
    Stream stream{11};
    double worst = 0;
    for (int i = 0; i < 300'000; ++i) {
        const double x = positive_normal(stream.bits());
        worst = std::max(worst, error_in_ulp(portable_log(x), std::log(static_cast<long double>(x))));
    }
    CHECK(worst < 1);
}

TEST_CASE("portable_log is within 1 ulp of the logarithm for uniform draws and close to 1") {
    Stream stream{12};
    double worst = 0;
    for (int i = 0; i < 300'000; ++i) {
        const double u = stream.uniform();
        const double near_one = 1 + (u - 0.5) * std::ldexp(1.0, -(i % 50));
        worst = std::max(worst, error_in_ulp(portable_log(u), std::log(static_cast<long double>(u))));
        worst = std::max(worst, error_in_ulp(portable_log(near_one), std::log(static_cast<long double>(near_one))));
    }
    CHECK(worst < 1);
    CHECK(portable_log(1.0) == 0.0);
}

TEST_CASE("portable_exp is within 1 ulp of the exponential") {
    Stream stream{13};
    double worst = 0;
    for (int i = 0; i < 300'000; ++i) {
        const double wide = uniform(stream, -700, 700);
        const double narrow = (stream.uniform() - 0.5) * std::ldexp(1.0, -(i % 40));
        worst = std::max(worst, error_in_ulp(portable_exp(wide), std::exp(static_cast<long double>(wide))));
        worst = std::max(worst, error_in_ulp(portable_exp(narrow), std::exp(static_cast<long double>(narrow))));
    }
    CHECK(worst < 1);
    CHECK(portable_exp(0) == 1.0);
}

TEST_CASE("portable_exp stays finite and positive beyond its range") {
    CHECK(portable_exp(1e9) == portable_exp(700));
    CHECK(portable_exp(-1e9) == portable_exp(-700));
    CHECK(portable_exp(-1e9) > 0);
    CHECK(std::isfinite(portable_exp(1e9)));
}

TEST_CASE("portable_exp and portable_log undo each other") {
    CHECK(rc::check("exp(log x) is x", [](std::uint64_t bits) {
        Stream stream{bits};
        const double x = portable_exp(uniform(stream, -300, 300));
        RC_ASSERT(portable_exp(portable_log(x)) == Approx(x).epsilon(1e-12));
    }));
}

TEST_CASE("normal_quantile agrees with Boost over the whole range of uniform draws") {
    const boost::math::normal_distribution<long double> normal;
    Stream stream{14};
    double worst = 0;
    const auto compare = [&](double p) {
        const auto truth = static_cast<double>(boost::math::quantile(normal, static_cast<long double>(p)));
        worst = std::max(worst, std::abs(normal_quantile(p) - truth) / std::max(std::abs(truth), 1e-3));
    };
    for (int i = 0; i < 20'000; ++i) {
        const double u = stream.uniform();
        compare(u);
        compare(u * std::ldexp(1.0, -(i % 53)));
        compare(1 - u * std::ldexp(1.0, -(i % 40) - 1));
    }
    compare(Stream::to_uniform(0));
    CHECK(worst < 2e-15);
    CHECK(normal_quantile(0.5) == 0.0);
    CHECK(normal_quantile(Stream::to_uniform(0)) == Approx(-8.2095).epsilon(1e-4));
}

TEST_CASE("normal_quantile is odd about 1/2 and never falls") {
    CHECK(rc::check("for any two draws", [](std::uint64_t a, std::uint64_t b) {
        const double p = Stream::to_uniform(a);
        const double q = Stream::to_uniform(b);
        RC_ASSERT(normal_quantile(1 - p) == -normal_quantile(p));
        RC_ASSERT((p <= q) == (normal_quantile(p) <= normal_quantile(q)));
    }));
}

TEST_CASE("a seed means the same draws for ever") {
    Stream stream = Stream::of(42, 1, 2);
    const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
    std::vector<std::uint64_t> draws;
    for (int i = 0; i < 3; ++i) draws.push_back(bits(uniform(stream, 2, 5)));
    for (int i = 0; i < 3; ++i) draws.push_back(bits(exponential(stream, 0.25)));
    for (int i = 0; i < 3; ++i) draws.push_back(bits(lognormal(stream, -3, 0.75)));
    for (int i = 0; i < 3; ++i) draws.push_back(bits(normal_quantile(stream.uniform())));
    CHECK(draws == std::vector<std::uint64_t>{0x40062533fd2d6303, 0x400d72bbde5ac648, 0x400ddcd9b34a2557,
                                              0x3f9f3b3dd6042088, 0x3fd35c5735e35abc, 0x3fd2248dcd71f903,
                                              0x3f99423aa2ee89d6, 0x3f9b0a62c5411880, 0x3fa71b120624b562,
                                              0xbfd25d57b7c1a5dd, 0xbfecf7d90e8751c2, 0xbfce8613a399d43c});
}

TEST_CASE("every distribution takes exactly one draw") {
    Stream reference{5};
    reference.bits();
    Stream a{5};
    Stream b{5};
    Stream c{5};
    (void)uniform(a, 0, 1);
    (void)exponential(b, 1);
    (void)lognormal(c, 0, 1);
    CHECK(a == reference);
    CHECK(b == reference);
    CHECK(c == reference);
}

// Tolerances are five standard errors of 200,000 draws.
TEST_CASE("a uniform has the moments of a uniform") {
    const Moments m = moments([](Stream& s) { return uniform(s, 2, 5); });
    CHECK(m.mean == Approx(3.5).margin(5 * std::sqrt(0.75 / 200'000)));
    CHECK(m.variance == Approx(0.75).margin(0.01));
}

TEST_CASE("an exponential has its mean as its standard deviation") {
    const Moments m = moments([](Stream& s) { return exponential(s, 0.25); });
    CHECK(m.mean == Approx(0.25).margin(5 * 0.25 / std::sqrt(200'000)));
    CHECK(m.variance == Approx(0.0625).epsilon(0.05));
}

TEST_CASE("a lognormal has the moments of a lognormal") {
    const double mean = std::exp(-1 + 0.5 * 0.25);
    const double variance = (std::exp(0.25) - 1) * mean * mean;
    const Moments m = moments([](Stream& s) { return lognormal(s, -1, 0.5); });
    CHECK(m.mean == Approx(mean).margin(5 * std::sqrt(variance / 200'000)));
    CHECK(m.variance == Approx(variance).epsilon(0.06));
}
