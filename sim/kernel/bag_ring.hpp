#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/kernel/event_pieces.hpp"

namespace stampede::sim {

/// A ring of so many bags of events, with a map of those that hold any.
template <std::size_t Size>
class BagRing {
public:
    static constexpr std::size_t size = Size;
    static constexpr std::size_t none = size;

    BagRing() { heads_.fill(EventPieces::none); }

    void add(std::size_t bag, const EventWords& event, EventPieces& pieces) {
        if (heads_[bag] == EventPieces::none) {
            words_[bag / 64] |= 1ULL << (bag % 64);
            summary_[bag / 4096] |= 1ULL << (bag / 64 % 64);
        }
        heads_[bag] = pieces.add(heads_[bag], event);
    }

    template <class Visit>
    void take(std::size_t bag, EventPieces& pieces, Visit&& visit) {
        const std::uint32_t head = heads_[bag];
        heads_[bag] = EventPieces::none;
        words_[bag / 64] &= ~(1ULL << (bag % 64));
        if (words_[bag / 64] == 0) summary_[bag / 4096] &= ~(1ULL << (bag / 64 % 64));
        pieces.take(head, visit);
    }

    /// Where the list of a bag begins.
    [[nodiscard]] std::uint32_t head(std::size_t bag) const noexcept { return heads_[bag]; }

    /// The first bag at or after `from` that holds anything, or `none`.
    [[nodiscard]] std::size_t first_from(std::size_t from) const noexcept {
        if (from >= size) return none;
        const std::uint64_t bits = words_[from / 64] & (~0ULL << (from % 64));
        if (bits != 0) return from / 64 * 64 + first_of(bits);
        const std::size_t word = first_word_from(from / 64 + 1);
        return word == none ? none : word * 64 + first_of(words_[word]);
    }

private:
    static_assert(size % 4096 == 0);

    [[nodiscard]] static std::size_t first_of(std::uint64_t bits) noexcept {
        return static_cast<std::size_t>(std::countr_zero(bits));
    }

    [[nodiscard]] std::size_t first_word_from(std::size_t word) const noexcept {
        std::uint64_t mask = ~0ULL << (word % 64);
        for (std::size_t i = word / 64; i < summary_.size(); ++i, mask = ~0ULL)
            if (const std::uint64_t bits = summary_[i] & mask; bits != 0) return i * 64 + first_of(bits);
        return none;
    }

    std::array<std::uint32_t, size> heads_;
    std::array<std::uint64_t, size / 64> words_{};
    std::array<std::uint64_t, size / 4096> summary_{};
};

}  // namespace stampede::sim
