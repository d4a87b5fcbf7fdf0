#pragma once
/// Calls that wait for a worker of one instance, in the order of their coming by class of priority.

#include <cstdint>
#include <optional>
#include <vector>

#include "policies/core/outcome.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/queueing.hpp"
#include "sim/kernel/event.hpp"
#include "sim/kernel/ring.hpp"
#include "sim/services/codel.hpp"

namespace stampede::sim {

/// An attempt as the service sees it.
struct Visit {
    Visit() = default;
    /// `marks` as in the detail of an arrival.
    Visit(std::uint32_t of_call, std::uint32_t under, Instant from, std::uint8_t marks = 0) noexcept
        : call(of_call & 0x3fff'ffffU),
          is_retry((marks & retry_mark) != 0),
          token(under),
          endpoint(marks >> endpoint_shift & most_endpoints) {
        set_since(from);
    }

    std::uint32_t call : 30 = 0;     ///< more calls than this do not fit into memory
    std::uint32_t is_retry : 1 = 0;  ///< the mark that it brought: it is a retry, or its call was made for one
    std::uint32_t refused_by_endpoint : 1 = 0;
    std::uint32_t token = 0;
    std::uint64_t endpoint : 8 = 0;  ///< number among the service's, from 1; 0 where nothing was said

    /// Of arrival while it waits, of its start while it is served.
    [[nodiscard]] Instant since() const noexcept { return Instant{Duration{static_cast<std::int64_t>(since_ns_)}}; }
    void set_since(Instant since) noexcept {
        since_ns_ = static_cast<std::uint64_t>(since.time_since_epoch().count()) & 0xff'ffff'ffff'ffffU;
    }

private:
    std::uint64_t since_ns_ : 56 = 0;  ///< from the start of the run: two years
};
static_assert(sizeof(Visit) == 16);

class Queue {
public:
    explicit Queue(const scenarios::QueueSettings& settings);

    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] std::uint32_t size() const noexcept { return size_; }

    void push(const Visit& visit, std::uint8_t priority) {
        classes_[class_of(priority)].push(visit);
        ++size_;
    }

    /// The next to be served; nothing where it is empty. What the discipline turns away instead goes to `turned_away`.
    [[nodiscard]] std::optional<Visit> pop(Instant now, std::vector<Visit>& turned_away) {
        if (size_ == 0) return std::nullopt;
        if (kind_ == Kind::fifo) return pop_front(0);
        return pop_by_discipline(now, turned_away);
    }

    /// Takes out what has waited longest among the least important; for a queue that is not empty.
    [[nodiscard]] Visit pop_oldest();
    /// Makes room for a call of that priority: takes out the latest of the least important if it is less important.
    [[nodiscard]] std::optional<Visit> give_way(std::uint8_t priority);
    /// Takes the visit out if it is the oldest of its class, as one is whose time is over before all others'.
    [[nodiscard]] bool expire(std::uint32_t call, std::uint32_t token);
    /// Takes all out, to `gone`.
    void clear(std::vector<Visit>& gone);

private:
    enum class Kind : std::uint8_t { fifo, lifo, adaptive_lifo, codel, priority };

    [[nodiscard]] std::size_t class_of(std::uint8_t priority) const noexcept {
        return priority < classes_.size() ? priority : classes_.size() - 1;
    }
    [[nodiscard]] Visit pop_front(std::size_t number) {
        const Visit visit = classes_[number].front();
        classes_[number].pop();
        --size_;
        return visit;
    }
    [[nodiscard]] Visit pop_back(std::size_t number);
    [[nodiscard]] std::optional<Visit> pop_by_discipline(Instant now, std::vector<Visit>& turned_away);
    [[nodiscard]] std::optional<Visit> pop_codel(Instant now, std::vector<Visit>& turned_away);

    Kind kind_ = Kind::fifo;
    std::uint32_t size_ = 0;
    std::uint32_t above_ = 0;
    std::vector<Ring<Visit>> classes_;  ///< the most important first; only one unless by priority
    Codel codel_;
};

}  // namespace stampede::sim
