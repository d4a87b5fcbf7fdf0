#pragma once

#include <stdexcept>
#include <vector>

#include "policies/drivers/clock.hpp"

namespace stampede::test {

/// Time that stands still but for sleeping and `advance`. For one thread: a sleep that only another thread could end
/// throws.
class FakeClock final : public BlockingClock {
public:
    std::vector<Duration> slept;

    Instant now() override { return now_; }
    void advance(Duration by) { now_ += by; }

    void wait(std::unique_lock<std::mutex>&, std::condition_variable&, std::optional<Instant> until) override {
        if (!until) throw std::logic_error("sleeps for ever");
        slept.push_back(*until - now_);
        now_ = *until;
    }

private:
    Instant now_{};
};

}  // namespace stampede::test
