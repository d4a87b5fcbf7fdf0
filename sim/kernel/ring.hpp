#pragma once

#include <cstddef>
#include <vector>

namespace stampede::sim {

/// A first-in, first-out queue in one block of memory; allocates only to grow, by doubling.
template <class T>
class Ring {
public:
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] const T& front() const noexcept { return slots_[head_]; }

    void push(const T& value) {
        if (size_ == slots_.size()) grow();
        slots_[(head_ + size_) & (slots_.size() - 1)] = value;
        ++size_;
    }

    [[nodiscard]] const T& back() const noexcept { return slots_[(head_ + size_ - 1) & (slots_.size() - 1)]; }
    void pop_back() noexcept { --size_; }

    void pop() noexcept {
        head_ = (head_ + 1) & (slots_.size() - 1);
        --size_;
    }

private:
    void grow() {
        std::vector<T> larger(slots_.empty() ? 64 : 2 * slots_.size());
        for (std::size_t i = 0; i < size_; ++i) larger[i] = slots_[(head_ + i) & (slots_.size() - 1)];
        slots_.swap(larger);
        head_ = 0;
    }

    std::vector<T> slots_;  ///< a power of two of them
    std::size_t head_ = 0;
    std::size_t size_ = 0;
};

}  // namespace stampede::sim
