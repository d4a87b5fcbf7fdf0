#pragma once
/// Connections: what a caller keeps towards a service, and how an instance accepts new ones.

#include <array>
#include <cstdint>
#include <optional>

#include "policies/core/settings.hpp"
#include "policies/core/time.hpp"
#include "scenarios/format/distributions.hpp"

namespace stampede::scenarios {

/// One attempt at a time on each, as with HTTP/1.1 or a database. Size and longest wait are HikariCP's:
/// maximumPoolSize 10, connectionTimeout 30 s.
struct ConnectionSettings {
    Scope scope = Scope::client;
    std::uint32_t max = 10;
    std::uint32_t max_waiting = 1'000'000;
    Duration max_wait = std::chrono::seconds{30};
    TimeDistribution setup = ConstantTime{};
    std::optional<Duration> idle_timeout;
    static constexpr std::string_view doc =
        "a pool of connections: an attempt holds one until its answer; one that is given up, or reset, breaks it";
    static constexpr auto fields() {
        return std::tuple{
            field("scope", &ConnectionSettings::scope, "who shares one pool"),
            field("max", &ConnectionSettings::max, "connections open at once").from(1).up_to(100'000),
            field("max_waiting", &ConnectionSettings::max_waiting,
                  "attempts that may wait for a connection; one more ends at once (pool_exhausted)")
                .from(0)
                .up_to(1'000'000),
            field("max_wait", &ConnectionSettings::max_wait, "longest wait for one; then it ends (pool_exhausted)")
                .from(0)
                .up_to(86'400),
            field("setup", &ConnectionSettings::setup,
                  "time until a new connection can be used, after the round trip in which it is accepted (TLS, login)"),
            field("idle_timeout", &ConnectionSettings::idle_timeout,
                  "unused for so long, a connection is closed; 0 for a new one each time; kept for ever if left out")
                .from(0)
                .up_to(604'800)};
    }
};

/// tcp(7), Linux: tcp_abort_on_overflow is 0.
enum class BacklogOverflow : std::uint8_t { drop, refuse };

[[nodiscard]] constexpr auto choices(BacklogOverflow) {
    return std::array{
        Choice<BacklogOverflow>{BacklogOverflow::drop, "drop",
                                "nothing is said: the caller asks again 1 s, 3 s, 7 s, ... 63 s after the first time"},
        Choice<BacklogOverflow>{BacklogOverflow::refuse, "refuse", "the caller is told at once (unavailable)"},
    };
}

/// As listen(2) has it; 128 was Linux's SOMAXCONN until 5.4.
struct BacklogSettings {
    std::uint32_t limit = 128;
    Duration accept_time{};
    BacklogOverflow when_full = BacklogOverflow::drop;
    static constexpr std::string_view doc =
        "new connections wait here until the instance accepts them, one after the other; not while it stands still";
    static constexpr auto fields() {
        return std::tuple{
            field("limit", &BacklogSettings::limit, "connections that may wait, the one being accepted not counted")
                .from(0)
                .up_to(1'000'000),
            field("accept_time", &BacklogSettings::accept_time, "time that it takes to accept one").from(0).up_to(60),
            field("when_full", &BacklogSettings::when_full, "what happens to one for which there is no room")};
    }
};

}  // namespace stampede::scenarios
