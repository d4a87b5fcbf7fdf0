#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "policies/core/time.hpp"

namespace stampede::sim {

/// A log-linear histogram of durations: every octave is cut into 128 equal buckets, so a value read back differs from
/// the one recorded by less than 0.4 % (the idea of HdrHistogram). Adding is O(1) and does not allocate; histograms
/// merge.
class Histogram {
public:
    void add(Duration duration) noexcept {
        const auto value = static_cast<std::uint64_t>(duration.count() < 0 ? 0 : duration.count());
        ++counts_[index_of(value)];
        ++total_;
        if (value > max_) max_ = value;
    }

    void merge(const Histogram& other) noexcept {
        for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
        total_ += other.total_;
        if (other.max_ > max_) max_ = other.max_;
    }

    [[nodiscard]] std::uint64_t total() const noexcept { return total_; }
    /// The longest added, exactly, in seconds.
    [[nodiscard]] double max_s() const noexcept { return static_cast<double>(max_) / 1e9; }

    /// The smallest value (in seconds) that at least this share of the values do not exceed; share in (0, 1], of at
    /// least one value. Reads the middle of the bucket, never above the maximum.
    [[nodiscard]] double quantile_s(double share) const noexcept {
        const double wanted = share * static_cast<double>(total_);
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            seen += counts_[i];
            if (seen > 0 && static_cast<double>(seen) >= wanted) return std::min(middle_of(i) / 1e9, max_s());
        }
        return max_s();
    }

    static constexpr std::uint64_t sub_count = 1U << 7U;  ///< buckets of an octave
    static constexpr std::uint64_t octaves = 58;          ///< up to 2^64 ns; the first begins at zero

    /// The middle of the bucket that ends at `upper_s`, in seconds; a thousandth below the edge lies inside any bucket.
    [[nodiscard]] static double middle_below_s(double upper_s) noexcept {
        const double inside = upper_s * 1e9 * (1 - 1.0 / 1024);
        return middle_of(index_of(static_cast<std::uint64_t>(inside > 0 ? std::min(inside, 0x1p63) : 0))) / 1e9;
    }

    /// Calls `visit(upper edge in seconds, count)` for every bucket that holds any, in order.
    template <class Visit>
    void for_each_bucket(Visit&& visit) const {
        for (std::size_t i = 0; i < counts_.size(); ++i)
            if (counts_[i] > 0) visit(upper_of(i) / 1e9, counts_[i]);
    }

private:
    static constexpr int sub_bits = 7;

    /// Values below 128 ns have a bucket each; above, the exponent picks the octave and the next seven bits the bucket.
    [[nodiscard]] static std::size_t index_of(std::uint64_t value) noexcept {
        if (value < sub_count) return value;
        const int exponent = 63 - std::countl_zero(value);
        const auto octave = static_cast<std::uint64_t>(exponent - sub_bits + 1);
        return octave * sub_count + ((value >> (exponent - sub_bits)) & (sub_count - 1));
    }

    [[nodiscard]] static double upper_of(std::size_t index) noexcept {
        const std::size_t octave = index / sub_count;
        const auto next = static_cast<double>(index % sub_count + 1);
        return octave == 0 ? next : (static_cast<double>(sub_count) + next) * static_cast<double>(1ULL << (octave - 1));
    }

    [[nodiscard]] static double middle_of(std::size_t index) noexcept {
        const std::size_t octave = index / sub_count;
        const auto within = static_cast<double>(index % sub_count);
        if (octave == 0) return within;
        const double width = static_cast<double>(1ULL << (octave - 1));
        return (static_cast<double>(sub_count) + within + 0.5) * width;
    }

    std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(octaves * sub_count);
    std::uint64_t total_ = 0;
    std::uint64_t max_ = 0;
};

}  // namespace stampede::sim
