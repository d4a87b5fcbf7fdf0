#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "policies/jitter/jitter.hpp"
#include "tests/policies/support/jitter.hpp"

using namespace stampede;
using namespace stampede::test;
using namespace std::chrono_literals;

TEST_CASE("no jitter is the nominal delay and takes no draw") {
    CHECK(rc::check("for any request", [](std::uint64_t seed) {
        Stream stream{seed};
        const DelayRequest request = any_request();
        RC_ASSERT(draw(NoJitter{}, request, stream) == request.nominal);
        RC_ASSERT(stream == Stream{seed});
    }));
}
