#include "policies/random/stream.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <limits>

using namespace stampede;

TEST_CASE("a stream is SplitMix64, as published") {
    // The reference implementation's first outputs for these two seeds (prng.di.unimi.it/splitmix64.c).
    Stream zero{0};
    CHECK(zero.bits() == 0xe220a8397b1dcdafULL);
    Stream stream{1234567};
    CHECK(stream.bits() == 6457827717110365317ULL);
    CHECK(stream.bits() == 3203168211198807973ULL);
    CHECK(stream.bits() == 9817491932198370423ULL);
    CHECK(stream.bits() == 4593380528125082431ULL);
    CHECK(stream.bits() == 16408922859458223821ULL);
}

TEST_CASE("a uniform draw is never 0 and never 1") {
    constexpr std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
    CHECK(Stream::to_uniform(0) == 0x1p-53);
    CHECK(Stream::to_uniform(all) == 1 - 0x1p-53);
    CHECK(rc::check("for any bits", [](std::uint64_t bits) {
        const double u = Stream::to_uniform(bits);
        RC_ASSERT(u > 0);
        RC_ASSERT(u < 1);
        RC_ASSERT(Stream::to_uniform(~bits) == 1 - u);
    }));
}

TEST_CASE("a stream of a seed, an entity and a purpose is the same for ever") {
    CHECK(Stream::of(1, 2, 3).bits() == 0xd87468a928b2a925ULL);
    CHECK(Stream::of(0, 0, 0).bits() == 0xefedbdf69d57b5afULL);
}

TEST_CASE("streams of neighbouring seeds, entities and purposes start apart") {
    CHECK(rc::check("pairs differ", [](std::uint64_t seed, std::uint32_t entity, std::uint8_t purpose) {
        const Stream stream = Stream::of(seed, entity, purpose);
        RC_ASSERT(!(stream == Stream::of(seed + 1, entity, purpose)));
        RC_ASSERT(!(stream == Stream::of(seed, entity + 1ULL, purpose)));
        RC_ASSERT(!(stream == Stream::of(seed, entity, purpose + 1ULL)));
        RC_ASSERT(seed == entity || !(stream == Stream::of(entity, seed, purpose)));
    }));
}
