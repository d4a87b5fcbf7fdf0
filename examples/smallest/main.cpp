#include <cstdio>
#include <stampede/policies/drivers/blocking.hpp>
using namespace stampede;

int main() {
    const LiveStack stack{{RetrySettings{.max_attempts = 4, .jitter = FullJitter{}}, BreakerSettings{}}};
    BlockingExecutor executor;
    const int answer = executor.call(stack, [](const Attempt& attempt) {
        return attempt.number < 3 ? throw std::runtime_error("connection refused") : 42;
    });
    std::printf("%d\n", answer);  // 42, at the third try
}
