#include "policies/drivers/clock.hpp"

namespace stampede {
namespace {

class RealClock final : public BlockingClock {
public:
    Instant now() override {
        return Instant{std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - origin_)};
    }

    void wait(std::unique_lock<std::mutex>& lock, std::condition_variable& woken,
              std::optional<Instant> until) override {
        if (until) {
            woken.wait_until(lock, origin_ + until->time_since_epoch());
        } else {
            woken.wait(lock);
        }
    }

private:
    const std::chrono::steady_clock::time_point origin_ = std::chrono::steady_clock::now();
};

}  // namespace

BlockingClock& real_clock() {
    static RealClock clock;
    return clock;
}

}  // namespace stampede
