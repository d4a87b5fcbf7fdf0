#pragma once
/// The command line of the baselines: `PROGRAM CLIENTS SEED E|B`; prints one line of JSON.

#include <charconv>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

#include "bench/baseline/herd_model.hpp"

namespace stampede::bench {

inline bool read_number(std::string_view text, std::uint64_t high, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number <= high;
}

/// From the kernel's account of this program's own memory. (getrusage would count the program that started this one.)
inline double peak_rss_mib() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (long kib = 0; word == "VmHWM:" && status >> kib) return static_cast<double>(kib) / 1024;
    return std::numeric_limits<double>::quiet_NaN();
}

inline void print(const Counts& c, double seconds) {
    std::printf("{\"requests\": %" PRIu64 ", \"attempts\": %" PRIu64 ", \"ok\": %" PRIu64 ", \"failed\": %" PRIu64
                ", \"err_outage\": %" PRIu64 ", \"err_full\": %" PRIu64 ", \"timeouts\": %" PRIu64
                ", \"late\": %" PRIu64 ", \"max_queue\": %zu, \"peak_attempts_per_s\": %" PRIu64
                ", \"p50_ms\": %zu, \"p99_ms\": %zu"
                ", \"seconds\": %.4f, \"attempts_per_s\": %.0f, \"peak_rss_mib\": %.1f}\n",
                c.requests, c.attempts, c.ok, c.failed, c.refused, c.rejected, c.timeouts, c.late, c.queue_peak,
                c.peak_attempts_per_s(), c.latency_quantile_ms(0.5), c.latency_quantile_ms(0.99), seconds,
                static_cast<double>(c.attempts) / seconds, peak_rss_mib());
}

template <class Queue>
int herd_main(int argc, char** argv) {
    std::uint64_t clients = 0;
    std::uint64_t seed = 0;
    const std::string_view mode = argc == 4 ? argv[3] : "";
    const bool understood = argc == 4 && read_number(argv[1], 10'000'000, clients) && clients > 0 &&
                            read_number(argv[2], std::numeric_limits<std::uint64_t>::max(), seed) &&
                            (mode == "E" || mode == "B");
    if (!understood) {
        std::fprintf(stderr, "usage: %s CLIENTS SEED E|B   (1 to 10,000,000 clients; E: errors, B: blackhole)\n",
                     argv[0]);
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    Herd<Queue> herd(static_cast<std::uint32_t>(clients), seed, mode == "B" ? Mode::blackhole : Mode::error);
    const Counts& counts = herd.run();
    print(counts, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    return 0;
}

}  // namespace stampede::bench
