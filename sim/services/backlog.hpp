#pragma once
/// Connections that an instance has not accepted yet.

#include <cstdint>
#include <vector>

#include "scenarios/format/connections.hpp"
#include "sim/kernel/ring.hpp"
#include "sim/services/queue.hpp"

namespace stampede::sim {

/// The first that waits is being accepted, unless the instance stands still.
class Backlog {
public:
    /// The settings must outlive it.
    explicit Backlog(const scenarios::BacklogSettings& settings) : settings_(settings) {}

    [[nodiscard]] const scenarios::BacklogSettings& settings() const noexcept { return settings_; }
    [[nodiscard]] bool empty() const noexcept { return waiting_.empty(); }
    [[nodiscard]] bool accepting() const noexcept { return accepting_; }
    /// Changes when what is under way is given up.
    [[nodiscard]] std::uint32_t generation() const noexcept { return generation_; }

    /// Answers whether there was room; `stands_still`: none can be accepted now.
    [[nodiscard]] bool push(const Visit& visit, bool stands_still) {
        const bool waits = accepting_ || stands_still;
        if (waits && waiting_.size() - (accepting_ ? 1U : 0U) >= settings_.limit) return false;
        waiting_.push(visit);
        return true;
    }
    void begin() noexcept { accepting_ = true; }
    [[nodiscard]] Visit accept() noexcept {
        accepting_ = false;
        const Visit first = waiting_.front();
        waiting_.pop();
        return first;
    }
    /// What is under way begins anew another time.
    void interrupt() noexcept {
        accepting_ = false;
        ++generation_;
    }
    void clear(std::vector<Visit>& gone) {
        interrupt();
        for (; !waiting_.empty(); waiting_.pop()) gone.push_back(waiting_.front());
    }

private:
    const scenarios::BacklogSettings& settings_;
    bool accepting_ = false;
    std::uint32_t generation_ = 0;
    Ring<Visit> waiting_;
};

}  // namespace stampede::sim
