#pragma once
/// Where calls wait for a place in a bulkhead.

#include <cstdint>
#include <vector>

#include "policies/core/observer.hpp"

namespace stampede {

/// Calls that wait, in the order in which they came, in a ring that grows by doubling and allocates nothing while
/// nobody waits.
class WaitingRoom {
public:
    [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// Joins the end of the queue. Answers a ticket, from 1, each greater than the one before.
    std::int64_t push(CallRef call);

    /// Takes out whoever has waited longest. Must not be empty.
    CallRef pop() noexcept;

    /// Takes out whoever came last. Must not be empty.
    CallRef pop_newest() noexcept { return at(--size_).call; }

    /// Takes out the holder of a ticket, if it still waits; the others keep their order. Takes a binary search, then as
    /// many moves as the ticket is places from the front: few, since those who gave up first came first, mostly.
    bool remove(std::int64_t ticket) noexcept;

private:
    struct Waiting {
        std::int64_t ticket;
        CallRef call;
    };

    /// The one that has `place` others before it.
    [[nodiscard]] Waiting& at(std::uint32_t place) noexcept { return ring_[(front_ + place) & (ring_.size() - 1)]; }
    void grow();

    std::vector<Waiting> ring_;  ///< its size is 0 or a power of two
    std::int64_t last_ticket_ = 0;
    std::uint32_t front_ = 0;
    std::uint32_t size_ = 0;
};

}  // namespace stampede
