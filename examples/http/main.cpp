/// A real HTTP client against a real server on this machine that dies for three seconds and comes back.
///
///     fallback      the last price known, where all else fails
///       retry       3 tries, a few ms apart, with full jitter
///         breaker   opens after 5 failures in a row, for 4 s
///           timeout 1 s an attempt
///
/// Four threads ask for the price; one request in ten asks for a page that does not exist: an error of the caller's,
/// which is neither tried again nor counted by the breaker.

#include <httplib.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <stampede/policies/drivers/blocking.hpp>
#include <stampede/policies/metrics/exposition.hpp>
#include <stampede/policies/metrics/metrics.hpp>
#include <string>
#include <thread>
#include <vector>

#include "server.hpp"

using namespace stampede;
using namespace std::chrono_literals;

namespace {

struct HttpError : std::runtime_error {
    HttpError(Outcome kind, const std::string& text) : std::runtime_error(text), outcome(kind) {}
    Outcome outcome;
};

/// What the policies go by.
Outcome classify(int status) {
    if (status == 429 || status == 503) return Outcome::overload;
    return status >= 500 ? Outcome::transient : Outcome::client_error;
}

std::string get(int port, const std::string& path, const Attempt& attempt) {
    httplib::Client client("127.0.0.1", port);
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(attempt.time_left.value_or(1s));
    client.set_connection_timeout(time);
    client.set_read_timeout(time);
    const auto response = client.Get(path);
    if (!response) throw HttpError(Outcome::unavailable, httplib::to_string(response.error()));
    if (response->status != 200)
        throw HttpError(classify(response->status), "status " + std::to_string(response->status));
    return response->body;
}

/// Tells the policies which exception is what.
Outcome of_exception(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const HttpError& http) {
        return http.outcome;
    } catch (...) {
        return Outcome::transient;
    }
}

struct Ends {
    std::atomic<int> requests = 0, values = 0, fallbacks = 0, errors = 0;
};

/// The library's counts, and the breaker's moves one by one.
class Dashboard : public Metrics {
public:
    std::vector<BreakerTransition> moves;  // the hooks are called under the executor's lock

    void breaker_changed(Instant now, const BreakerTransition& move) override {
        Metrics::breaker_changed(now, move);
        moves.push_back(move);
    }
};

void ask(BlockingExecutor& executor, const LiveStack& stack, int port, bool wrong_page, Ends& ends) {
    ++ends.requests;
    bool fell_back = false;
    try {
        const std::string price = executor.call(
            stack, [&](const Attempt& a) { return get(port, wrong_page ? "/prise" : "/price", a); }, of_exception,
            [&] { return fell_back = true, std::string("41"); });
        if (price.empty()) throw std::logic_error("an answer without a price");
        ++(fell_back ? ends.fallbacks : ends.values);
    } catch (const HttpError&) {
        ++ends.errors;
    } catch (const CallFailed&) {
        ++ends.errors;
    }
}

void print(const Ends& ends, const Dashboard& dashboard) {
    const Snapshot s = dashboard.snapshot();
    std::printf("requests %d: values %d, fallbacks %d, classified errors %d\n", ends.requests.load(),
                ends.values.load(), ends.fallbacks.load(), ends.errors.load());
    for (const BreakerTransition& move : dashboard.moves)
        std::printf("transition %s -> %s (%s)\n", to_string(move.from).data(), to_string(move.to).data(),
                    to_string(move.reason).data());
    for (const BreakerSnapshot& b : s.breakers)
        std::printf("breaker: failure rate of the last %u outcomes %.2f, recovery time %.3f s\n", b.recent,
                    b.failure_rate().value_or(0), to_seconds(b.recovery.mean().value_or(Duration::zero())));
    std::fputs(exposition(s).c_str(), stdout);
}

}  // namespace

int main() {
    PriceServer server;
    const LiveStack stack{
        {FallbackSettings{},
         RetrySettings{.max_attempts = 3, .backoff = ExponentialBackoff{5ms, 2, 50ms}, .jitter = FullJitter{}},
         BreakerSettings{.failure_threshold = 5, .open_for = 4s, .half_open = {1}}, TimeoutSettings{1s}}};
    Dashboard dashboard;
    BlockingExecutor executor{{.observer = &dashboard}};

    Ends ends;
    std::atomic<bool> done = false;
    std::vector<std::thread> clients;
    for (int t = 0; t < 4; ++t)
        clients.emplace_back([&] {
            for (int i = 1; !done; ++i) {
                ask(executor, stack, server.port(), i % 10 == 0, ends);
                std::this_thread::sleep_for(20ms);
            }
        });
    std::this_thread::sleep_for(1s);
    server.stop();
    std::this_thread::sleep_for(3s);
    server.start();
    std::this_thread::sleep_for(3s);
    done = true;
    for (std::thread& client : clients) client.join();
    print(ends, dashboard);
}
