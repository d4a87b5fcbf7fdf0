// A program of somebody else's: policies from a text, a call through them, and its metrics.
#include <cstdio>
#include <stampede/policies/drivers/blocking.hpp>
#include <stampede/policies/metrics/exposition.hpp>
#include <stampede/policies/metrics/metrics.hpp>
#include <stampede/scenarios/loading/stacks.hpp>

int main() {
    const auto stacks = stampede::parse_stacks(
        R"({ "policies": { "one": [ { "retry": { "max_attempts": 3, "backoff": { "constant": { "delay": "1ms" } } } } ] } })",
        "inline");
    stampede::Metrics metrics;
    stampede::BlockingExecutor executor{{.observer = &metrics}};
    const stampede::LiveStack stack{stacks.at("one")};
    const int tries = executor.call(stack, [](const stampede::Attempt& attempt) {
        return attempt.number < 3 ? throw std::runtime_error("no") : static_cast<int>(attempt.number);
    });
    std::printf("%d tries\n%s", tries, stampede::exposition(metrics.snapshot()).c_str());
}
