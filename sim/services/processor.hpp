#pragma once
/// Processor sharing: jobs under way share so many cores equally, none uses more than one.
///
/// With n jobs on c cores each is served at rate min(1, c/n). A virtual clock runs at that rate, so a job that enters
/// at virtual time v with demand d leaves at v + d whatever comes meanwhile: the next to leave is the head of a heap,
/// and arrivals and departures cost O(log n) (the idea of weighted fair queueing's virtual time: Demers, Keshav,
/// Shenker, SIGCOMM 1989).

#include <algorithm>
#include <cstdint>
#include <vector>

#include "policies/core/time.hpp"

namespace stampede::sim {

class Processor {
public:
    explicit Processor(double cores) : cores_(cores) {}

    [[nodiscard]] bool empty() const noexcept { return heap_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return heap_.size(); }

    /// A job begins that needs so many seconds of a core to itself.
    void add(Instant now, std::uint32_t job, double demand_s) {
        advance(now);
        heap_.push_back({virtual_s_ + demand_s, order_++, job});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }

    /// Until the next job leaves, if none comes before. Not to be called where there is none.
    [[nodiscard]] Duration until_departure(Instant now) {
        advance(now);
        return from_seconds(std::max(0.0, heap_.front().leaves_s - virtual_s_) / rate());
    }

    /// The job whose time has come leaves.
    [[nodiscard]] std::uint32_t depart(Instant now) {
        advance(now);
        const std::uint32_t job = heap_.front().job;
        virtual_s_ = std::max(virtual_s_, heap_.front().leaves_s);  // but for rounding it is there
        std::pop_heap(heap_.begin(), heap_.end(), later);
        heap_.pop_back();
        if (heap_.empty()) virtual_s_ = 0;  // keeps its precision
        return job;
    }

    /// The job is given up. O(n).
    void remove(Instant now, std::uint32_t job) {
        advance(now);
        std::erase_if(heap_, [&](const Entry& entry) { return entry.job == job; });
        std::make_heap(heap_.begin(), heap_.end(), later);
        if (heap_.empty()) virtual_s_ = 0;
    }

    /// All jobs are lost.
    void clear(Instant now) {
        heap_.clear();
        virtual_s_ = 0;
        since_ = now;
    }

    void set_cores(Instant now, double cores) {
        advance(now);
        cores_ = cores;
    }
    /// No job gets anywhere.
    [[nodiscard]] bool stands_still() const noexcept { return speed_ == 0 || cores_ == 0; }

    /// From now on all cores work at so many times their usual speed; 0 stops them.
    void set_speed(Instant now, double speed) {
        advance(now);
        speed_ = speed;
    }

private:
    struct Entry {
        double leaves_s;  ///< virtual time
        std::uint64_t order;
        std::uint32_t job;
    };
    [[nodiscard]] static bool later(const Entry& a, const Entry& b) noexcept {
        return a.leaves_s != b.leaves_s ? a.leaves_s > b.leaves_s : a.order > b.order;
    }

    [[nodiscard]] double rate() const noexcept {
        return speed_ * std::min(1.0, cores_ / static_cast<double>(heap_.size()));
    }
    void advance(Instant now) noexcept {
        if (!heap_.empty()) virtual_s_ += to_seconds(now - since_) * rate();
        since_ = now;
    }

    double cores_;
    double speed_ = 1;
    double virtual_s_ = 0;
    Instant since_{};
    std::uint64_t order_ = 0;
    std::vector<Entry> heap_;
};

}  // namespace stampede::sim
