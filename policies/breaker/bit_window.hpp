#pragma once
/// A window over outcomes, as a circuit breaker counts them.

#include <algorithm>
#include <cstdint>
#include <memory>

namespace stampede {

/// The last `capacity` outcomes, one bit each. Without a capacity it holds nothing and allocates nothing.
class BitWindow {
public:
    explicit BitWindow(std::uint32_t capacity)
        : bits_(capacity == 0 ? nullptr : std::make_unique<std::uint64_t[]>((capacity + 63U) / 64U)),
          capacity_(capacity) {}

    [[nodiscard]] std::uint32_t capacity() const noexcept { return capacity_; }
    /// Outcomes in the window.
    [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
    [[nodiscard]] std::uint32_t failures() const noexcept { return failures_; }

    /// Adds an outcome; the oldest one falls out of a full window. Needs a capacity.
    void push(bool failure) noexcept {
        std::uint64_t& word = bits_[next_ / 64];
        const std::uint64_t bit = std::uint64_t{1} << (next_ % 64);
        if (size_ < capacity_) {
            ++size_;
        } else if ((word & bit) != 0) {
            --failures_;
        }
        word = failure ? word | bit : word & ~bit;
        if (failure) ++failures_;
        if (++next_ == capacity_) next_ = 0;
    }

    /// The newest of its outcomes, as many as fit, in a window of another capacity.
    [[nodiscard]] BitWindow resized(std::uint32_t capacity) const {
        BitWindow other{capacity};
        for (std::uint32_t back = std::min(size_, capacity); back > 0; --back) {
            const std::uint32_t place = (next_ + capacity_ - back) % capacity_;
            other.push((bits_[place / 64] >> (place % 64) & 1U) != 0);
        }
        return other;
    }

    /// Forgets all; old bits do not matter, since each is written before it is read again.
    void clear() noexcept { next_ = size_ = failures_ = 0; }

private:
    std::unique_ptr<std::uint64_t[]> bits_;
    std::uint32_t capacity_;
    std::uint32_t next_ = 0;
    std::uint32_t size_ = 0;
    std::uint32_t failures_ = 0;
};

}  // namespace stampede
