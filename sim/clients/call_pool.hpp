#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <new>
#include <vector>

#include "policies/core/call.hpp"
#include "sim/kernel/arena.hpp"
#include "sim/kernel/prefetch.hpp"

namespace stampede::sim {

/// What the simulator knows of a call beside its policies' state.
struct CallInfo {
    std::uint32_t agent = 0;  ///< who makes it: an agent of a population, or a service's job
    std::uint16_t caller : 14 = 0;
    std::uint16_t measured : 1 = 0;  ///< began after the warm-up
    std::uint16_t traced : 1 = 0;    ///< of an agent that is followed closely
    std::uint16_t instance = 0;      ///< that its latest attempt went to
};
static_assert(sizeof(CallInfo) == 8);

/// Calls under way, each in one piece of memory with its frames. Released places are used again, the last one first,
/// and only by the same caller: whatever still refers to a call that has ended finds whose it was. References stay
/// valid; allocates only to grow, a block at a time.
class CallPool {
public:
    /// For calls of so many callers through at most `depth` layers.
    CallPool(std::size_t callers, std::size_t depth)
        : stride_(sizeof(Slot) + std::max<std::size_t>(depth, 1) * sizeof(Frame)), first_free_(callers, none) {}
    CallPool(const CallPool&) = delete;
    CallPool& operator=(const CallPool&) = delete;

    [[nodiscard]] Call& acquire(std::uint16_t caller) {
        std::uint32_t& first = first_free_[caller];
        if (first == none) grow(caller);
        Slot& taken = slot(first);
        first = *next_free(taken);
        return taken.call;
    }

    /// For a branch, which counts as its call's in every way.
    [[nodiscard]] Call& acquire_branch(const Call& parent) {
        const CallInfo& of_parent = info(parent);
        Call& branch = acquire(of_parent.caller);
        info(branch) = of_parent;
        return branch;
    }

    void release(const Call& call) noexcept { add_free(slot(call.id())); }

    [[nodiscard]] Call& call(std::uint32_t id) const noexcept { return slot(id).call; }
    [[nodiscard]] CallInfo& info(std::uint32_t id) const noexcept { return slot(id).info; }
    /// Of a call that lies here.
    [[nodiscard]] static CallInfo& info(Call& call) noexcept {
        return *std::launder(reinterpret_cast<CallInfo*>(&call) - 1);
    }
    [[nodiscard]] static const CallInfo& info(const Call& call) noexcept {
        return *std::launder(reinterpret_cast<const CallInfo*>(&call) - 1);
    }
    /// Brings a call into the cache; harmless for a number that is no call's.
    void prefetch(std::uint32_t id) const noexcept {
        if (id >= capacity()) return;
        const std::byte* place = blocks_[id / block_size] + (id % block_size) * stride_;
        sim::prefetch(place);
        sim::prefetch(place + 64);
        sim::prefetch(place + stride_ - 1);
    }

    /// More than lie in the nearer caches.
    [[nodiscard]] bool are_many() const noexcept { return are_many_; }

    [[nodiscard]] std::size_t capacity() const noexcept { return blocks_.size() * block_size; }

    /// Visits every call, and every branch of one, that has not finished, in the order of ids.
    template <class Visit>
    void for_each_running(Visit&& visit) const {
        for (std::uint32_t id = 0; id < capacity(); ++id)
            if (!call(id).finished()) visit(call(id), info(id));
    }

private:
    struct Slot {
        explicit Slot(std::uint32_t id) : call(id) {}
        CallInfo info;
        Call call;  ///< last: its frames lie behind it
    };
    static_assert(sizeof(Slot) == sizeof(CallInfo) + sizeof(Call), "the info lies directly before the call");
    static_assert(sizeof(Slot) % alignof(Frame) == 0 && alignof(Slot) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
    static constexpr std::uint32_t block_size = 1024;
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    [[nodiscard]] Slot& slot(std::uint32_t id) const noexcept {
        return *std::launder(reinterpret_cast<Slot*>(blocks_[id / block_size] + (id % block_size) * stride_));
    }

    /// A free place keeps the number of the next one where a call's first frame would be.
    [[nodiscard]] static std::uint32_t* next_free(Slot& free) noexcept {
        return std::launder(reinterpret_cast<std::uint32_t*>(&free + 1));
    }

    void add_free(Slot& free) noexcept {
        std::uint32_t& first = first_free_[free.info.caller];
        new (&free + 1) std::uint32_t{first};
        first = free.call.id();
    }

    void grow(std::uint16_t caller) {
        const auto first = static_cast<std::uint32_t>(capacity());
        blocks_.push_back(memory_.take(block_size * stride_));
        are_many_ = blocks_.size() > 32;
        for (std::uint32_t i = block_size; i-- > 0;) {
            auto* slot = new (blocks_.back() + i * stride_) Slot(first + i);
            slot->info.caller = caller & 0x3fffU;
            add_free(*slot);
        }
    }

    std::size_t stride_;
    Arena memory_;
    bool are_many_ = false;
    std::vector<std::byte*> blocks_;         ///< slots are trivially destructible
    std::vector<std::uint32_t> first_free_;  ///< by caller, or none
};

}  // namespace stampede::sim
