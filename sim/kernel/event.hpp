#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "policies/core/time.hpp"

namespace stampede::sim {

enum class EventKind : std::uint8_t {
    request,          ///< agent `subject` begins a request
    service_arrival,  ///< attempt (`subject`, `token`) reaches instance `place`; `detail`: `retry_mark`, and twice the
                      ///< number of the endpoint
    service_done,     ///< worker `subject` (in generation `token`) of instance `place` is done
    reply,        ///< the answer `detail` (an Outcome) reaches call (`subject`, `token`); `place`: when to come back,
                  ///< in tenths of a second, or 0
    call_timer,   ///< the timer `token` of layer `detail` of call `subject`
    call_resume,  ///< call (`subject`, `token`) was woken
    fault_begin,  ///< episode `subject` of the run's faults
    fault_end,
    job_begins,      ///< job (`subject`, generation `token`) makes its first calls
    processor_done,  ///< the departure `token` foreseen at instance `place`
    delayed_answer,  ///< instance `place` answers attempt (`subject`, `token`) with `detail` (an Outcome)
    queue_timeout,   ///< attempt (`subject`, `token`) has waited long enough at instance `place`
    given_up,        ///< instance `place` hears that nobody waits for attempt (`subject`, `token`)
    restart,         ///< of instance `place`
    pause_begins,    ///< of instance `place`
    pause_ends,
    scale,                 ///< service `place` decides on how many instances it needs
    patience_over,         ///< whoever waits for call `subject` (request `token` in its place) gives up
    platform_due,          ///< hosts of the platform change for the `subject`-th time
    activity_due,          ///< SimGrid foresaw that an activity ends now (`token`: which time it foresaw it)
    instance_ready,        ///< service `place` has one more
    fault_change,          ///< the strength of episode `subject` of the run's faults
    connect,               ///< attempt (`subject`, `token`) asks instance `place` for a connection
    connect_again,         ///< it has not been answered since it asked for the `detail`-th time
    connection_accepted,   ///< instance `place` has accepted the first that waits (in generation `token`)
    connected,             ///< attempt (`subject`, `token`) hears of it; `detail` 1: its connection can be used
    connection_wait_over,  ///< attempt (`subject`, `token`) has waited long enough for one of its pool
};

/// In `detail` of an arrival: the attempt is a retry, or its call is made for one.
inline constexpr std::uint8_t retry_mark = 1;

/// In `detail` of an arrival, beside the marks: the number of the endpoint from 1, or 0, so many bits up.
inline constexpr unsigned endpoint_shift = 1;
inline constexpr unsigned most_endpoints = 0x3f;

/// In `detail` of a reply, beside the outcome: only the endpoint that the call names is not there. Its service is, and
/// the connection with it stands.
inline constexpr std::uint8_t endpoint_refuses = 0x80;

/// When an event is due, and which of those due at one instant comes first.
struct Due {
    Instant at;
    std::uint32_t order;  ///< of insertion: ties in time are served first come, first served

    friend bool operator<(const Due& a, const Due& b) noexcept {
        // Without a branch: which of two events comes first cannot be foreseen.
        return (a.at < b.at) | ((a.at == b.at) & (static_cast<std::int32_t>(a.order - b.order) < 0));
    }
};

/// A plain record. What it refers to is checked when it comes due: an event is cancelled by moving on what it refers to
/// (a call's token, a service's state), which costs nothing; a stale event is dropped when its time comes, or before.
struct Event {
    Instant at{};
    std::uint32_t order = 0;  ///< of insertion
    EventKind kind{};
    std::uint8_t detail = 0;
    std::uint16_t place = 0;
    std::uint32_t subject = 0;
    std::uint32_t token = 0;

    [[nodiscard]] Due due() const noexcept { return {at, order}; }
};

/// An event as it lies in memory, in three words that are made in registers. What was written to memory field by field
/// and is read as a whole soon after waits until all of it has left for the cache: no event is put together there.
class EventWords {
public:
    [[gnu::always_inline]] EventWords(const Event& event, const Due& due) noexcept
        : time(static_cast<std::uint64_t>(due.at.time_since_epoch().count())),
          what(in_word(due.order, offsetof(Event, order)) | in_word(event.kind, offsetof(Event, kind)) |
               in_word(event.detail, offsetof(Event, detail)) | in_word(event.place, offsetof(Event, place))),
          whom(in_word(event.subject, offsetof(Event, subject)) | in_word(event.token, offsetof(Event, token))) {}
    // NOLINTNEXTLINE(google-explicit-constructor): the same event
    [[gnu::always_inline]] EventWords(const Event& event) noexcept : EventWords(event, event.due()) {}
    EventWords(std::uint64_t first, std::uint64_t second, std::uint64_t third) noexcept
        : time(first), what(second), whom(third) {}

    [[gnu::always_inline]] void write(Event& to) const noexcept {
        std::memcpy(static_cast<void*>(&to), this, sizeof to);
    }
    [[nodiscard]] Event event() const noexcept {
        Event event;
        write(event);
        return event;
    }
    [[nodiscard]] Due due() const noexcept {
        return {Instant{Duration{static_cast<std::int64_t>(time)}},
                static_cast<std::uint32_t>(what >> shift(offsetof(Event, order), sizeof Event::order))};
    }

    std::uint64_t time;
    std::uint64_t what;
    std::uint64_t whom;

private:
    [[nodiscard]] static constexpr std::size_t shift(std::size_t offset, std::size_t size) noexcept {
        const std::size_t first = offset % sizeof(std::uint64_t);
        return 8 * (std::endian::native == std::endian::little ? first : sizeof(std::uint64_t) - first - size);
    }
    template <class Field>
    [[nodiscard]] static constexpr std::uint64_t in_word(Field field, std::size_t offset) noexcept {
        return static_cast<std::uint64_t>(field) << shift(offset, sizeof field);
    }
};

static_assert(sizeof(Event) == 24 && sizeof(EventWords) == sizeof(Event) && std::is_trivially_copyable_v<Event>);
static_assert(offsetof(Event, at) == 0 && offsetof(Event, order) == 8 && offsetof(Event, subject) == 16);

/// Orders wrap around after 2^32 insertions; of two pending events the one inserted later is then still the later one
/// as long as fewer than 2^31 were inserted between them.
[[nodiscard]] inline bool before(const Event& a, const Event& b) noexcept { return a.due() < b.due(); }

}  // namespace stampede::sim
