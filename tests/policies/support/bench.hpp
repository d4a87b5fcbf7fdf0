#pragma once
/// A single layer on a test bench: everything that a call would hand to it, and a record of what it says.

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policies/core/layer.hpp"
#include "policies/core/settings.hpp"

namespace stampede::test {

using namespace std::chrono_literals;

/// Keeps what layers report.
class Record : public Observer {
public:
    struct FallbackUse {
        Outcome instead_of;
        bool cached;
        friend bool operator==(const FallbackUse&, const FallbackUse&) = default;
    };

    std::vector<RetryScheduled> retries;
    std::vector<BreakerTransition> transitions;
    std::vector<Instant> moved_at;
    std::vector<FallbackUse> fallbacks;
    int denied = 0;

    void retry_scheduled(CallRef, Instant, const RetryScheduled& retry) override { retries.push_back(retry); }
    void breaker_changed(Instant at, const BreakerTransition& change) override {
        transitions.push_back(change);
        moved_at.push_back(at);
    }
    void budget_denied(CallRef, Instant, ExtraAttempt) override { ++denied; }
    void fallback_used(CallRef, Instant, Outcome instead_of, bool cached) override {
        fallbacks.push_back({instead_of, cached});
    }
};

class Bench final : public Waker {
public:
    Stream random{1};
    Record record;
    Instant now{};
    CallFacts facts;
    Budget* budget = nullptr;
    Pushback retry_after = no_pushback;
    std::vector<CallRef> woken;

    void wake(CallRef call) override { woken.push_back(call); }

    [[nodiscard]] Context context(std::uint32_t id = 0, std::uint32_t token = 1) {
        return {now, {id, token}, {id, token}, random, record, *this, facts, budget, retry_after};
    }
};

/// Keeps the complaints of a `check`.
class Complaints final : public Problems {
public:
    struct Complaint {
        std::string field;
        std::string message;
    };
    std::vector<Complaint> all;

    void add(std::string_view field, std::string message) override { all.push_back({std::string(field), message}); }

    template <class T>
    static std::vector<std::string> about(const T& settings) {
        Complaints complaints;
        settings.check(complaints);
        std::vector<std::string> fields;
        for (const Complaint& each : complaints.all) fields.push_back(each.field);
        return fields;
    }
};

}  // namespace stampede::test
