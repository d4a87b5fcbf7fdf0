#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "sim/kernel/event.hpp"

namespace stampede::sim {

/// A first-in, first-out queue of events in chunks of memory. A chunk that has been read to its end is written anew, so
/// that the memory is what the fullest time needed, and growing moves nothing. There is always room for one more event:
/// whoever fills a chunk opens the next.
class EventLane {
public:
    EventLane() {
        open_chunk();
        read_from(last_);
    }

    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Only where it is not empty, as `pop`.
    [[nodiscard]] const Event& front() const noexcept { return *read_; }

    /// The event so many places behind the front where it lies in the same chunk, else null. Beyond the end of the
    /// queue it is some event of the past, or the request of agent 0 that an Event is at first.
    [[nodiscard]] const Event* ahead(std::ptrdiff_t places) const noexcept {
        return read_end_ - read_ > places ? read_ + places : nullptr;
    }

    [[gnu::always_inline]] void push(const EventWords& event) {
        event.write(*write_++);
        ++size_;
        if (write_ == write_end_) open_chunk();
    }

    void pop() noexcept {
        --size_;
        if (++read_ == read_end_) close_chunk();
    }

    /// Since it was last swept, or from nothing: worth sweeping.
    [[nodiscard]] bool has_doubled() const noexcept { return size_ > 2 * swept_size_ + events_in_chunk; }

    /// Leaves out the events that are to go; the others keep their order. O(size).
    template <class ToGo>
    void remove_if(ToGo&& to_go) {
        if (empty()) return;
        Place from{first_, read_};
        Place to = from;
        swept_size_ = 0;
        for (; size_ > 0; --size_) {
            const Event event = from.next();
            if (to_go(event)) continue;
            to.next() = event;
            ++swept_size_;
        }
        size_ = swept_size_;
        end_at(to);
    }

private:
    static constexpr std::size_t events_in_chunk = 1024;
    struct Chunk {
        std::array<Event, events_in_chunk> events;
        Chunk* next = nullptr;
    };

    struct Place {
        Chunk* chunk;
        Event* at;

        [[nodiscard]] Event& next() noexcept {
            if (at == chunk->events.data() + events_in_chunk) {
                chunk = chunk->next;
                at = chunk->events.data();
            }
            return *at++;
        }
    };

    [[gnu::noinline, gnu::cold]] void open_chunk() {
        Chunk* chunk = spare_;
        if (chunk)
            spare_ = chunk->next;
        else
            chunk = chunks_.emplace_back(std::make_unique<Chunk>()).get();
        chunk->next = nullptr;
        if (last_) last_->next = chunk;
        last_ = chunk;
        write_ = chunk->events.data();
        write_end_ = write_ + events_in_chunk;
    }

    [[gnu::noinline, gnu::cold]] void close_chunk() noexcept {
        Chunk* const read = first_;
        read_from(read->next);
        spare(read);
    }

    void spare(Chunk* chunk) noexcept {
        chunk->next = spare_;
        spare_ = chunk;
    }

    /// What is behind it was moved forward. There is a chunk to spare where one is needed.
    void end_at(const Place& end) noexcept {
        last_ = end.chunk;
        write_ = end.at;
        write_end_ = last_->events.data() + events_in_chunk;
        while (Chunk* const behind = last_->next) {
            last_->next = behind->next;
            spare(behind);
        }
        if (write_ == write_end_) open_chunk();
    }

    void read_from(Chunk* chunk) noexcept {
        first_ = chunk;
        read_ = chunk->events.data();
        read_end_ = read_ + events_in_chunk;
    }

    std::vector<std::unique_ptr<Chunk>> chunks_;
    Chunk* first_ = nullptr;  ///< is read
    Chunk* last_ = nullptr;   ///< is written
    Chunk* spare_ = nullptr;
    Event* read_ = nullptr;
    const Event* read_end_ = nullptr;
    Event* write_ = nullptr;
    Event* write_end_ = nullptr;
    std::size_t size_ = 0;
    std::size_t swept_size_ = 0;
};

}  // namespace stampede::sim
