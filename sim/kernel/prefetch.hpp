#pragma once

namespace stampede::sim {

/// Brings the line of the cache that `place` lies in nearer, for whoever needs it a little later.
/// The empty statement keeps it: GCC takes a function that does nothing but prefetch for one without effect, and
/// leaves out every call of it that it does not inline early.
[[gnu::always_inline]] inline void prefetch(const void* place) noexcept {
    __builtin_prefetch(place);
    asm volatile("" :::);
}

}  // namespace stampede::sim
