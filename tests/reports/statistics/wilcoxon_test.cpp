#include "reports/statistics/wilcoxon.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <vector>

using namespace stampede::reports;

TEST_CASE("exact p-values are those of R's wilcox.test") {
    // R 4.2.2: wilcox.test(d)$p.value; V = 48 for the first.
    const std::vector<double> d{2, 19.2, 9, -8.3, 18.7, 0.3, 16.2, 20.8, 29.8, -3.2};
    CHECK(signed_ranks(d).up == 48);
    CHECK(signed_ranks(d).p == Approx(0.037109375).epsilon(1e-12));
    CHECK(signed_ranks(std::vector{1.1, 2.2, 3.3, 4.4, 5.5}).p == Approx(0.0625).epsilon(1e-12));
}

TEST_CASE("above 25 differences p-values are those of R's normal approximation") {
    // R: wilcox.test(d, exact = FALSE)$p.value.
    const std::vector<double> untied{0.4,  -1.2, 2.3, 3.1, -0.7, 1.9, 2.8, 0.9, -0.3, 1.4,  2.2, -1.8, 0.6, 3.7,  1.1,
                                     -0.2, 2.6,  0.8, 1.7, -2.4, 3.3, 0.1, 1.3, 2.9,  -0.9, 4.1, 1.6,  0.5, -1.1, 2.0};
    CHECK(signed_ranks(untied).p == Approx(0.0028584213711366239).epsilon(1e-9));
    const std::vector<double> tied{1, 2, 2,  -1, 3, 3, 3, -2, 4, 5, 1, 1, -3, 2,
                                   6, 2, -1, 4,  2, 1, 3, -2, 5, 1, 2, 3, 1};
    CHECK(signed_ranks(tied).p == Approx(0.0010845194492492853).epsilon(1e-9));
}

TEST_CASE("with equal sizes only the signs count: the binomial's p-values") {
    CHECK(signed_ranks(std::vector<double>(6, 1.0)).p == Approx(2.0 / 64));
    std::vector<double> one_down(10, 1.0);
    one_down[3] = -1;
    CHECK(signed_ranks(one_down).p == Approx(22.0 / 1024));
    CHECK(signed_ranks(one_down).rank_biserial() == Approx(0.8));
}

TEST_CASE("zeros count for nothing, infinities are the largest") {
    CHECK(signed_ranks(std::vector<double>(5, 0.0)).p == 1);
    CHECK(signed_ranks({}).p == 1);
    constexpr double never = std::numeric_limits<double>::infinity();
    const SignedRanks ranks = signed_ranks(std::vector{0.0, -1.0, never, never});
    CHECK(ranks.n == 3);
    CHECK(ranks.up == 5);
    CHECK(ranks.down == 1);
}

TEST_CASE("the smallest p of n pairs is that of n signs alike") {
    CHECK(smallest_p(0) == 1);
    for (std::size_t n : {1U, 5U, 6U, 25U}) {
        std::vector<double> up(n);
        for (std::size_t i = 0; i < n; ++i) up[i] = static_cast<double>(i + 1);
        CHECK(signed_ranks(up).p == Approx(smallest_p(n)));
    }
}
