#pragma once
/// Counters with one writer and any number of readers.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "policies/metrics/snapshot.hpp"

namespace stampede {

/// Written by one thread at a time, read by any. A plain load and store in place of an atomic addition: 1 ns, not 5.
class Counter {
public:
    void add(std::uint64_t by = 1) noexcept { value_.store(get() + by, std::memory_order_relaxed); }
    void set(std::uint64_t to) noexcept { value_.store(to, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_ = 0;
};

template <std::size_t n>
[[nodiscard]] std::array<std::uint64_t, n> read(const std::array<Counter, n>& counters) noexcept {
    std::array<std::uint64_t, n> values;
    for (std::size_t i = 0; i < n; ++i) values[i] = counters[i].get();
    return values;
}

/// A DurationHistogram while it is filled.
class DurationCounter {
public:
    void add(Duration d) noexcept {
        counts_[DurationHistogram::bucket(d)].add();
        sum_.add(static_cast<std::uint64_t>(d.count()));
    }
    [[nodiscard]] DurationHistogram read() const noexcept {
        return {stampede::read(counts_), Duration{static_cast<std::int64_t>(sum_.get())}};
    }

private:
    std::array<Counter, DurationHistogram::buckets> counts_;
    Counter sum_;
};

}  // namespace stampede
