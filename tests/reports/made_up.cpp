#include "tests/reports/made_up.hpp"

#include <cmath>

namespace stampede::reports::made_up {
namespace {

using enum Metric;

/// Something that differs from seed to seed, within ±1.
double wobble(std::uint64_t seed, double phase) { return std::sin(static_cast<double>(seed) * 1.7 + phase); }

constexpr double normal = 500;  // arrivals a bin

std::vector<double> arrivals(std::uint64_t seed, double height) {
    std::vector<double> bins(1200, normal);
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const double since_outage = static_cast<double>(i) - 600;
        if (i >= 300 && i < 600) bins[i] = normal * (1 + height / 4);
        if (since_outage >= 0) bins[i] = normal * (1 + (height - 1) * std::exp(-since_outage / (10 + 100 / height)));
        bins[i] = std::round(bins[i] * (1 + 0.02 * wobble(seed, static_cast<double>(i))));
    }
    return bins;
}

void put(sim::Result& result, Metric metric, double value) { result.values.push_back({metric, "", value}); }

void put_breakers(sim::Result& result, std::uint64_t seed, double height, double phase) {
    put(result, breaker_flaps_per_minute, 0.5 * height + 0.1 * wobble(seed, phase + 5));
    put(result, breaker_share_open, 0.2 + 0.01 * wobble(seed, phase + 6));
    put(result, breaker_probe_sync, height / 20);
    const auto at = [](int seconds) { return Instant{std::chrono::seconds{seconds}}; };
    result.breaker_count = 5000;
    result.breakers = {{"clients.web/breaker[0]",
                        {{at(31), BreakerState::closed, BreakerState::open, BreakerReason::failure_rate},
                         {at(61), BreakerState::open, BreakerState::half_open, BreakerReason::open_time_over},
                         {at(62), BreakerState::half_open, BreakerState::closed, BreakerReason::trials_succeeded}}}};
}

nlohmann::ordered_json scenario() {
    return {{"stampede", 1},
            {"name", "payments outage"},
            {"description", "30 s outage of a payment service behind 5,000 clients"},
            {"run", {{"duration", "120s"}}}};
}

Summary outage_variant(const std::string& name, double height, double phase, std::uint64_t seeds, bool has_breakers) {
    std::vector<sim::Result> results;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) results.push_back(outage(seed, height, phase, has_breakers));
    return summarise(name, {{"policies.checkout.retry.jitter", name}}, results, {});
}

std::vector<scenarios::Threshold> thresholds() {
    using namespace scenarios;
    return {{"herd.peak_ratio", {{"< 3", Statistic::mean, Comparator::less, 3}}},
            {"recovery.time", {{"p95 < 20s", Statistic::p95, Comparator::less, 20}}}};
}

Report report(std::vector<Summary> variants, std::uint64_t seeds) {
    Report report;
    report.version = "0.0.0";
    report.command = "stampede compare outage.json --seeds 3";
    report.scenario = scenario();
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) report.seeds.push_back(seed);
    report.variants = std::move(variants);
    report.comparisons = compare_all(report.variants);
    for (const Summary& variant : report.variants)
        for (const ThresholdResult& result : check_thresholds(variant, thresholds()))
            report.thresholds.push_back(result);
    return report;
}

}  // namespace

sim::Result result(std::uint64_t seed, std::vector<std::pair<Metric, double>> values) {
    sim::Result result;
    result.seed = seed;
    for (const auto& [metric, value] : values) put(result, metric, value);
    return result;
}

Summary variant(const std::string& name, Metric metric, const std::vector<double>& per_seed) {
    std::vector<sim::Result> results;
    for (std::size_t i = 0; i < per_seed.size(); ++i) results.push_back(result(i + 1, {{metric, per_seed[i]}}));
    return summarise(name, {}, results, {});
}

sim::Result outage(std::uint64_t seed, double height, double phase, bool has_breakers) {
    sim::Result result;
    result.seed = seed;
    result.fingerprint = seed * 0x9e3779b97f4a7c15ULL;
    put(result, requests_total, 600'000 + std::round(100 * wobble(seed, phase + 0)));
    put(result, requests_success_rate, 0.95 - 0.02 * height + 0.0005 * wobble(seed, phase + 1));
    put(result, requests_goodput, 4900 - 30 * height + wobble(seed, phase + 2));
    put(result, attempts_total, std::round(600'000 * (1 + height / 10)));
    put(result, arrivals_peak_per_s, std::round(normal * 10 * height * (1 + 0.01 * wobble(seed, phase + 3))));
    put(result, latency_p50, 0.0213);
    put(result, latency_p99, 0.45 + 0.3 * height + 0.02 * wobble(seed, phase + 4));
    put(result, retry_amplification, 1 + height / 10);
    put(result, retry_wasted_work, 0.01 * height);
    put(result, herd_peak_ratio, height * (1 + 0.01 * wobble(seed, phase + 3)));
    result.values.push_back({herd_peak_ratio, "services.payments", height * (1 + 0.01 * wobble(seed, phase + 3))});
    put(result, herd_drain_time, 1.5 * height + 0.3 * wobble(seed, phase + 7));
    put(result, recovery_time, height > 8 && seed % 2 == 1 ? sim::never : 3 + height + wobble(seed, phase + 8));
    put(result, jitter_share_at_cap, 0.05 * height);
    if (has_breakers) put_breakers(result, seed, height, phase);
    result.indexed = {{retry_attempts_histogram, "", {500'000.0 - static_cast<double>(seed), 60'000, no_value}}};
    result.series = {{"arrivals", "", "1/bin", arrivals(seed, height)},
                     {"capacity", "services.payments", "1/bin", std::vector<double>(1200, 1066.7)}};
    result.latencies = {{"", {0.02, 0.5}, {500'000, seed}}, {"clients.web", {0.02, 0.5}, {500'000, seed}}};
    const auto ms = [](int count) { return Instant{std::chrono::milliseconds{count}}; };
    result.trace = {{{sim::SpanKind::request, 0, 1, 0, ms(100), ms(350), "success"},
                     {sim::SpanKind::attempt, 0, 1, 1, ms(100), ms(120), "failure"},
                     {sim::SpanKind::backoff, 0, 1, 1, ms(120), ms(330), "waited"},
                     {sim::SpanKind::attempt, 0, 1, 2, ms(330), ms(350), "success"}},
                    seed > 1};
    result.faults = {
        {"outage", "services.payments", Instant{std::chrono::seconds{30}}, Instant{std::chrono::seconds{60}}}};
    return result;
}

Report comparison(std::uint64_t seeds) {
    return report({outage_variant("none", 9.35, 0, seeds, true), outage_variant("full", 2.1, 0, seeds, true),
                   outage_variant("ρ-decorrelated", 2.101, 100, seeds, true)},
                  seeds);
}

Report single(std::uint64_t seeds) { return report({outage_variant("base", 9.35, 0, seeds, false)}, seeds); }

}  // namespace stampede::reports::made_up
