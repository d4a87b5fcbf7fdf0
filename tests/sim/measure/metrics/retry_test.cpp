#include <catch2/catch.hpp>
#include <cmath>

#include "tests/sim/support/tallies.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;
using namespace std::chrono_literals;

namespace {

constexpr auto requests_of_bin = &ClientBin::requests;
constexpr auto attempts = &ClientBin::attempts;

Result retry(HandMade& hand_made) { return hand_made.result(&add_retry); }
Result jitter(HandMade& hand_made) { return hand_made.result(&add_jitter); }

}  // namespace

TEST_CASE("retry.amplification is attempts over requests: over all, during faults, and after them") {
    HandMade run;
    run.clients().attempts = 360;
    run.clients().requests = 100;
    run.in_client_bins(requests_of_bin, 0, 20, 10);
    run.in_client_bins(attempts, 0, 6, 10).in_client_bins(attempts, 6, 9, 45).in_client_bins(attempts, 9, 20, 22);
    const Result result = retry(run);
    CHECK(get(result, Metric::retry_amplification) == Approx(3.6));
    CHECK(get(result, Metric::retry_amplification_fault) == Approx(4.5));
    CHECK(get(result, Metric::retry_amplification_recovery) == Approx(2.2));
}

TEST_CASE("without a fault there is no amplification during or after one") {
    HandMade run;
    run.faults({}).in_client_bins(requests_of_bin, 0, 20, 10).in_client_bins(attempts, 0, 20, 10);
    CHECK_FALSE(find(retry(run), Metric::retry_amplification_fault));
    CHECK_FALSE(find(retry(run), Metric::retry_amplification_recovery));
    CHECK_FALSE(find(retry(run), Metric::retry_amplification));  // of no measured request
}

TEST_CASE("requests are listed by their number of attempts, none first") {
    HandMade run;
    run.clients().ended_after[0] = 4;
    run.clients().ended_after[1] = 90;
    run.clients().ended_after[3] = 6;
    CHECK(get_indexed(retry(run), Metric::retry_attempts_histogram) == std::vector<double>{4, 90, 0, 6});
}

TEST_CASE("the share of k-th attempts that succeeded is of those that ended: where none did it is not a number") {
    HandMade run;
    run.clients().tried = {200, 50, 0, 4};
    run.clients().answered = {150, 10, 0, 0};
    const auto shares = get_indexed(retry(run), Metric::retry_success_by_attempt);
    REQUIRE(shares.size() == 4);
    CHECK(shares[0] == 0.75);
    CHECK(shares[1] == 0.2);
    CHECK(std::isnan(shares[2]));
    CHECK(shares[3] == 0);
}

TEST_CASE("retry.backoff_total sums all delays") {
    HandMade run;
    run.clients().delay_by_number = {1.5, 2.25, 0.25};
    CHECK(get(retry(run), Metric::retry_backoff_total) == Approx(4));
}

TEST_CASE("jitter.share_at_cap is of all retries, and delays have a mean for each retry") {
    HandMade run;
    run.clients().retries = 40;
    run.clients().retries_at_cap = 30;
    run.clients().retries_by_number = {20, 10, 10};
    run.clients().delay_by_number = {10, 20, 5};
    run.clients().delays[0][3] = 20;
    run.clients().delays[1][3] = 10;
    run.clients().delays[2][1] = 10;
    const Result result = jitter(run);
    CHECK(get(result, Metric::jitter_share_at_cap) == Approx(0.75));
    CHECK(get_indexed(result, Metric::jitter_delay_mean) == std::vector<double>{0.5, 2, 0.5});
    CHECK(get_indexed(result, Metric::jitter_delay_histogram) == std::vector<double>{0, 10, 0, 30});
    CHECK(get_indexed(result, Metric::jitter_delay_histogram, "retry.2") == std::vector<double>{0, 0, 0, 10});
    CHECK(get_indexed(result, Metric::jitter_delay_histogram, "retry.3") == std::vector<double>{0, 10});
}

TEST_CASE("without retries nothing is said of jitter") {
    HandMade run;
    CHECK(jitter(run).values.empty());
    CHECK(jitter(run).indexed.empty());
}
