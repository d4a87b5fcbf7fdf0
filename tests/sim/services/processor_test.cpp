#include "sim/services/processor.hpp"

#include <catch2/catch.hpp>

using namespace stampede;
using namespace stampede::sim;
using namespace std::chrono_literals;

namespace processor_test {
namespace {
constexpr Instant start{};
}

TEST_CASE("a job alone takes its time, two on one core take turns, and the shorter leaves first") {
    Processor processor(1);
    processor.add(start, 7, 0.010);
    CHECK(processor.until_departure(start) == 10ms);
    // At 4 ms another of 3 ms comes: it leaves after 6 ms, when the first has 3 ms left to itself.
    processor.add(start + 4ms, 8, 0.003);
    CHECK(processor.until_departure(start + 4ms) == 6ms);
    CHECK(processor.depart(start + 10ms) == 8);
    CHECK(processor.until_departure(start + 10ms) == 3ms);
    CHECK(processor.depart(start + 13ms) == 7);
    CHECK(processor.empty());
}

TEST_CASE("jobs up to the number of cores do not feel each other") {
    Processor processor(2);
    processor.add(start, 1, 0.010);
    processor.add(start, 2, 0.010);
    CHECK(processor.until_departure(start) == 10ms);
    processor.add(start, 3, 0.010);
    CHECK(processor.until_departure(start) == 15ms);
    CHECK(processor.depart(start + 15ms) == 1);
}

TEST_CASE("a job that is given up leaves the cores to the others, and a standstill delays all") {
    Processor processor(1);
    processor.add(start, 1, 0.010);
    processor.add(start, 2, 0.010);
    processor.remove(start + 10ms, 1);
    CHECK(processor.until_departure(start + 10ms) == 5ms);
    processor.set_speed(start + 12ms, 0);
    processor.set_speed(start + 40ms, 1);
    CHECK(processor.until_departure(start + 40ms) == 3ms);
    processor.clear(start + 41ms);
    CHECK(processor.empty());
}

}  // namespace processor_test
