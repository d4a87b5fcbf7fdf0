#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/kernel/event.hpp"

namespace stampede::sim {

/// Pieces of 256 bytes that hold events in no order, linked into lists. Pieces that are given back are used again
/// first.
class EventPieces {
public:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    /// Adds to the list that begins at `head`; answers its new beginning.
    [[nodiscard]] std::uint32_t add(std::uint32_t head, const Event& event) {
        if (head == none || pieces_[head].count == events_in_piece) head = open(head);
        Piece& piece = pieces_[head];
        piece.events[piece.count++] = event;
        return head;
    }

    /// Gives every event of the list to `visit`, and the pieces back.
    template <class Visit>
    void take(std::uint32_t head, Visit&& visit) {
        while (head != none) {
            // Visiting may add events elsewhere, and so move the pieces: copy first.
            const Piece piece = pieces_[head];
            pieces_[head].next = free_;
            free_ = head;
            for (std::uint32_t i = 0; i < piece.count; ++i) visit(piece.events[i]);
            head = piece.next;
        }
    }

private:
    static constexpr std::uint32_t events_in_piece = 10;
    struct Piece {
        std::uint32_t next;
        std::uint32_t count;
        std::array<Event, events_in_piece> events;
    };

    std::uint32_t open(std::uint32_t next) {
        std::uint32_t piece = free_;
        if (piece != none) {
            free_ = pieces_[piece].next;
        } else {
            piece = static_cast<std::uint32_t>(pieces_.size());
            pieces_.emplace_back();
        }
        pieces_[piece].next = next;
        pieces_[piece].count = 0;
        return piece;
    }

    std::vector<Piece> pieces_;
    std::uint32_t free_ = none;
};

/// A ring of bags of events with a map of those that hold any.
class BagRing {
public:
    static constexpr std::size_t size = 4096;
    static constexpr std::size_t none = size;

    BagRing() { heads_.fill(EventPieces::none); }

    void add(std::size_t bag, const Event& event, EventPieces& pieces) {
        heads_[bag] = pieces.add(heads_[bag], event);
        words_[bag / 64] |= 1ULL << (bag % 64);
        summary_ |= 1ULL << (bag / 64);
    }

    template <class Visit>
    void take(std::size_t bag, EventPieces& pieces, Visit&& visit) {
        const std::uint32_t head = heads_[bag];
        heads_[bag] = EventPieces::none;
        words_[bag / 64] &= ~(1ULL << (bag % 64));
        if (words_[bag / 64] == 0) summary_ &= ~(1ULL << (bag / 64));
        pieces.take(head, visit);
    }

    /// The first bag at or after `from` that holds anything, or `none`.
    [[nodiscard]] std::size_t first_from(std::size_t from) const noexcept {
        if (from >= size) return none;
        std::size_t word = from / 64;
        std::uint64_t bits = words_[word] & (~0ULL << (from % 64));
        if (bits == 0) {
            const std::uint64_t later = word == 63 ? 0 : summary_ & (~0ULL << (word + 1));
            if (later == 0) return none;
            word = static_cast<std::size_t>(std::countr_zero(later));
            bits = words_[word];
        }
        return word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
    }

private:
    std::array<std::uint32_t, size> heads_;
    std::array<std::uint64_t, size / 64> words_{};
    std::uint64_t summary_ = 0;
};

}  // namespace stampede::sim
