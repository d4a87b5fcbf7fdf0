#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

#include "policies/jitter/jitter.hpp"

using namespace stampede;
using namespace std::chrono_literals;

namespace {

std::vector<std::int64_t> three_draws(const Jitter& jitter) {
    Stream stream = Stream::of(2024, 6, 1);
    std::vector<std::int64_t> delays;
    for (int i = 0; i < 3; ++i)
        delays.push_back(draw(jitter, {.nominal = 800ms, .base = 100ms, .previous = 500ms, .cap = 2s}, stream).count());
    return delays;
}

}  // namespace

TEST_CASE("a seed means the same delays for ever") {
    using Nanoseconds = std::vector<std::int64_t>;
    CHECK(three_draws(NoJitter{}) == Nanoseconds{800'000'000, 800'000'000, 800'000'000});
    CHECK(three_draws(ProportionalJitter{}) == Nanoseconds{838'661'144, 866'491'263, 743'931'058});
    CHECK(three_draws(FullJitter{}) == Nanoseconds{593'305'720, 732'456'314, 119'655'290});
    CHECK(three_draws(EqualJitter{}) == Nanoseconds{696'652'860, 766'228'157, 459'827'645});
    CHECK(three_draws(DecorrelatedJitter{}) == Nanoseconds{1'138'285'010, 1'381'798'550, 309'396'757});
}
