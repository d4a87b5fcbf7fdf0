#pragma once
/// Work on calls whose service makes calls of its own meanwhile.

#include <cstdint>
#include <vector>

#include "policies/core/layer.hpp"
#include "sim/services/queue.hpp"

namespace stampede::sim {

/// One call being served.
struct ServiceJob {
    static constexpr std::uint32_t no_worker = ~std::uint32_t{0};

    Visit visit;                   ///< since: the start of the work
    Instant deadline{};            ///< of the call that it serves
    Duration takes{};              ///< the service's own work, where calls come before it
    std::uint32_t worker = 0;      ///< that waits with it, or none
    std::uint32_t pending = 0;     ///< calls of this step under way
    std::uint32_t generation = 0;  ///< tells it from others in the same place
    std::uint16_t instance = 0;
    std::uint16_t step = 0;  ///< of the plan, next to begin
    std::uint8_t priority = 0;
    bool worked = false;  ///< the service's own work is done
    bool failed = false;
    bool active = true;
};

/// Numbered places; those given back are used again. Allocates only to grow.
class JobPool {
public:
    [[nodiscard]] std::uint32_t add(ServiceJob job) {
        if (free_.empty()) {
            jobs_.push_back(job);
            return static_cast<std::uint32_t>(jobs_.size() - 1);
        }
        const std::uint32_t place = free_.back();
        free_.pop_back();
        job.generation = jobs_[place].generation;
        jobs_[place] = job;
        return place;
    }
    void remove(std::uint32_t job) {
        ++jobs_[job].generation;
        jobs_[job].active = false;
        free_.push_back(job);
    }
    [[nodiscard]] std::size_t size() const noexcept { return jobs_.size(); }
    [[nodiscard]] bool is_current(std::uint32_t job, std::uint32_t generation) const noexcept {
        return jobs_[job].active && jobs_[job].generation == generation;
    }
    /// Also of a job that has ended: what still refers to it finds where it was.
    [[nodiscard]] ServiceJob& operator[](std::uint32_t job) noexcept { return jobs_[job]; }
    [[nodiscard]] const ServiceJob& operator[](std::uint32_t job) const noexcept { return jobs_[job]; }

private:
    std::vector<ServiceJob> jobs_;
    std::vector<std::uint32_t> free_;
};

}  // namespace stampede::sim
