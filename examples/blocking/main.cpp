/// A failing function behind a fallback, a retry and a circuit breaker, in real time: an ordinary blocking program.
///
///     fallback      answers with the last price known where all else fails
///       retry       3 tries, about 20 ms apart
///         breaker   opens after 4 failures in a row, for 200 ms
///
/// The price service is down for the first 6 times that it is really called.

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <thread>

#include "policies/drivers/blocking.hpp"
#include "policies/stack.hpp"

using namespace stampede;
using namespace std::chrono_literals;

namespace {

/// Prints what the library reports, as a team would count it in its metrics.
class Printer : public Observer {
public:
    bool opened = false;
    bool closed_again = false;

    void attempt_settled(CallRef, Instant, std::uint32_t attempt, Outcome outcome) override {
        std::printf("    attempt %u: %s\n", attempt, std::string(to_string(outcome)).c_str());
    }
    void retry_scheduled(CallRef, Instant, const RetryScheduled& retry) override {
        std::printf("    retry %u in %.1f ms\n", retry.retry, 1e3 * to_seconds(retry.delay));
    }
    void refused(CallRef, Instant, Outcome outcome) override {
        std::printf("    refused: %s\n", std::string(to_string(outcome)).c_str());
    }
    void breaker_changed(Instant, const BreakerTransition& change) override {
        std::printf("    breaker: %s -> %s (%s)\n", std::string(to_string(change.from)).c_str(),
                    std::string(to_string(change.to)).c_str(), std::string(to_string(change.reason)).c_str());
        opened |= change.to == BreakerState::open;
        closed_again |= change.to == BreakerState::closed;
    }
    void fallback_used(CallRef, Instant, Outcome instead_of, bool) override {
        std::printf("    fallback instead of %s\n", std::string(to_string(instead_of)).c_str());
    }
};

class PriceService {
public:
    int price() {
        if (++calls_ <= 6) throw std::runtime_error("connection refused");
        return 42;
    }
    [[nodiscard]] int calls() const { return calls_; }

private:
    int calls_ = 0;
};

}  // namespace

int main() {
    const FallbackSettings fallback_settings;
    const RetrySettings retry_settings{
        .max_attempts = 3, .backoff = ConstantBackoff{20ms}, .jitter = ProportionalJitter{0.5}};
    const BreakerSettings breaker_settings{.failure_threshold = 4, .open_for = 200ms, .half_open = {1}};
    Fallback fallback{fallback_settings};
    Retry retry{retry_settings};
    Breaker breaker{breaker_settings, 0};
    const Pipeline pipeline{{&fallback, &retry, &breaker}};

    Printer printer;
    BlockingExecutor executor{{.observer = &printer}};
    PriceService service;
    int last_known = 40;
    int from_fallback = 0;
    constexpr int requests = 16;
    for (int request = 1; request <= requests; ++request) {
        std::printf("request %d\n", request);
        const int price = executor.call(
            pipeline, [&](const Attempt&) { return service.price(); }, DefaultClassifier{},
            [&] { return ++from_fallback, last_known; });
        std::printf("  price %d\n", price);
        last_known = price;
        std::this_thread::sleep_for(80ms);
    }

    std::printf("%d requests, all answered; the service was called %d times; %d answers came from the fallback\n",
                requests, service.calls(), from_fallback);
    const bool as_told = last_known == 42 && printer.opened && printer.closed_again && from_fallback > 0 &&
                         breaker.state() == BreakerState::closed;
    return as_told ? 0 : 1;
}
