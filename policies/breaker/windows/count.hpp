#pragma once
/// A window over the last outcomes.

#include <algorithm>
#include <memory>

#include "policies/breaker/windows/measured.hpp"

namespace stampede {

/// The last `capacity` outcomes in a ring, two bits each; allocates when the first one comes.
class CountWindow {
public:
    explicit CountWindow(std::uint32_t capacity) noexcept : capacity_(capacity) {}

    void add(Counted outcome) {
        if (!bits_) bits_ = std::make_unique<std::uint64_t[]>(words());
        std::uint64_t& word = bits_[next_ / per_word];
        const std::uint32_t shift = next_ % per_word * 2;
        if (counts_.calls < capacity_) {
            ++counts_.calls;
        } else {
            counts_ -= {0, static_cast<std::uint32_t>(word >> shift & 1U),
                        static_cast<std::uint32_t>(word >> (shift + 1) & 1U)};
        }
        const std::uint64_t bits = (outcome.failure ? 1U : 0U) | (outcome.slow ? 2U : 0U);
        word = (word & ~(std::uint64_t{3} << shift)) | bits << shift;
        counts_.add(outcome);
        if (++next_ == capacity_) next_ = 0;
    }

    [[nodiscard]] bool is_full_of_successes() const noexcept {
        return counts_.calls == capacity_ && counts_.failures == 0 && counts_.slow == 0;
    }
    [[nodiscard]] Measured measured() const noexcept { return counts_.measured(); }

    /// Forgets all; old bits do not matter, since each is written before it is read again.
    void clear() noexcept {
        counts_ = {};
        next_ = 0;
    }

    /// The newest of its outcomes, as many as fit, in a window of another capacity.
    [[nodiscard]] CountWindow resized(std::uint32_t capacity) const {
        CountWindow other{capacity};
        for (std::uint32_t back = std::min(counts_.calls, capacity); back > 0; --back) {
            const std::uint32_t place = (next_ + capacity_ - back) % capacity_;
            const std::uint64_t bits = bits_[place / per_word] >> (place % per_word * 2);
            other.add({(bits & 1U) != 0, (bits & 2U) != 0});
        }
        return other;
    }

private:
    static constexpr std::uint32_t per_word = 32;
    [[nodiscard]] std::size_t words() const noexcept { return (capacity_ + per_word - 1) / per_word; }

    std::unique_ptr<std::uint64_t[]> bits_;
    std::uint32_t capacity_;
    std::uint32_t next_ = 0;
    WindowCounts counts_;
};

}  // namespace stampede
