#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <vector>

#include "sim/kernel/arena.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/prefetch.hpp"

namespace stampede::sim {

/// Pieces of 128 bytes, two lines of a cache, that hold events in no order, linked into lists. Pieces that are given
/// back are used again first. Pieces never move.
///
/// A list is known by the number of its first piece and how many events that holds; all others are full. So adding
/// writes to a piece and reads nothing of it: nobody waits for what has left the cache.
class EventPieces {
public:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    /// Adds to the list that begins at `head`; answers its new beginning.
    [[nodiscard]] std::uint32_t add(std::uint32_t head, const EventWords& event) {
        if (head == none || count_of(head) == events_in_piece) head = open(head);
        event.write(piece(head).events[count_of(head)]);
        return head + 1;
    }

    /// Gives the events of the list to `visit`, a piece at a time, and the pieces back. `visit` may add to other lists.
    template <class Visit>
    void take(std::uint32_t head, Visit&& visit) {
        while (head != none) {
            Piece& read = piece(head);
            const std::uint32_t next = read.next;
            if (next != none) prefetch(next);
            visit(std::span<const Event>{read.events.data(), count_of(head)});
            read.next = free_;
            free_ = head - count_of(head);
            head = next;
        }
    }

    /// The events of the list's first piece, which stay where they are.
    [[nodiscard]] std::span<const Event> look_at(std::uint32_t head) const noexcept {
        return {piece(head).events.data(), count_of(head)};
    }

    /// More than lie in the nearer caches.
    [[nodiscard]] bool are_many() const noexcept { return blocks_.size() > 1; }

    /// Brings a piece into the cache.
    void prefetch(std::uint32_t head) const noexcept {
        sim::prefetch(&piece(head));
        sim::prefetch(&piece(head).next);
    }

private:
    static constexpr std::uint32_t events_in_piece = 5;
    static constexpr std::uint32_t pieces_in_block = 4096;
    static constexpr std::uint32_t counts = 8;  ///< a list is the number of its first piece times this, and its count
    static constexpr std::uint32_t most_pieces = none / counts / pieces_in_block * pieces_in_block;
    static_assert(events_in_piece < counts);
    struct alignas(64) Piece {
        std::array<Event, events_in_piece> events;
        std::uint32_t next;  ///< list
    };
    static_assert(sizeof(Piece) == 128);

    [[nodiscard]] static std::uint32_t count_of(std::uint32_t list) noexcept { return list % counts; }
    [[nodiscard]] Piece& piece(std::uint32_t list) const noexcept {
        const std::uint32_t number = list / counts;
        return blocks_[number / pieces_in_block][number % pieces_in_block];
    }

    /// An empty piece before the list.
    std::uint32_t open(std::uint32_t next) {
        if (free_ == none) grow();
        const std::uint32_t opened = free_;
        Piece& piece = this->piece(opened);
        free_ = piece.next;
        piece.next = next;
        return opened;
    }

    [[gnu::noinline, gnu::cold]] void grow() {
        const auto first = static_cast<std::uint32_t>(blocks_.size() * pieces_in_block);
        if (first == most_pieces) throw std::bad_alloc();  // 64 GiB of them
        blocks_.push_back(new (memory_.take(pieces_in_block * sizeof(Piece))) Piece[pieces_in_block]);
        for (std::uint32_t i = 0; i < pieces_in_block; ++i)
            blocks_.back()[i].next = i + 1 < pieces_in_block ? (first + i + 1) * counts : none;
        free_ = first * counts;
    }

    Arena memory_;
    std::vector<Piece*> blocks_;
    std::uint32_t free_ = none;
};

}  // namespace stampede::sim
