#pragma once
/// The pools of connections of all callers that have any: who gets one, who waits, what becomes of one that is given
/// back. Decides only; `Simulation` (simulation_connections.cpp) turns it into events.
///
/// A pool belongs to a caller's members as a layer does, by its scope, and reaches all instances of the service that
/// they call; each connection is with one of these. An attempt holds one from when it gets it until its answer has
/// come. Where it is given up, or the connection turns out broken, the connection is closed: whoever comes next must
/// open another.

#include <cstdint>
#include <optional>
#include <vector>

#include "policies/bulkhead/waiting_room.hpp"
#include "policies/random/stream.hpp"
#include "scenarios/format/scenario.hpp"
#include "sim/clients/call_pool.hpp"
#include "sim/kernel/sampler.hpp"
#include "sim/measure/tally.hpp"

namespace stampede::sim {

class ConnectionPools {
public:
    /// The scenario must outlive it; `calls` says where attempts go. By caller, in the order of the scenario.
    ConnectionPools(const scenarios::Scenario& scenario, std::uint64_t seed, const CallPool& calls);

    /// Whether anybody has a pool.
    [[nodiscard]] bool any() const noexcept { return any_; }
    [[nodiscard]] bool concern(std::uint16_t caller) const noexcept { return any_ && owners_[caller].has_value(); }

    /// What an attempt does first: goes on a connection that is free, opens one, waits for one, or ends.
    enum class Step : std::uint8_t { go, open, wait, give_up };
    [[nodiscard]] Step begin(std::uint16_t caller, std::uint32_t member, CallRef attempt, Instant now);
    [[nodiscard]] Duration longest_wait(std::uint16_t caller) const noexcept {
        return owners_[caller]->settings.max_wait;
    }
    /// It has waited for `longest_wait`. Answers whether it still waited, and is out now.
    [[nodiscard]] bool stop_waiting(std::uint16_t caller, CallRef attempt, Instant now);
    /// The call's attempt does not wait any longer, if it does: it is about to be given up.
    void withdraw(std::uint16_t caller, std::uint32_t call, Instant now) noexcept;

    /// Where the connection of an attempt stands that opens one: asked for, in the instance's backlog, accepted; or it
    /// opens none, or not any more.
    enum class Stage : std::uint8_t { none, waiting, asked, queued, accepted, held };
    [[nodiscard]] Stage stage(CallRef attempt) const noexcept {
        if (attempt.id >= uses_.size() || uses_[attempt.id].token != attempt.token) return Stage::none;
        return uses_[attempt.id].stage;
    }
    void enter(CallRef attempt, Stage stage, Instant now) noexcept {
        uses_[attempt.id].stage = stage;
        uses_[attempt.id].since = now;
    }
    /// When it entered its stage.
    [[nodiscard]] Instant since(CallRef attempt) const noexcept { return uses_[attempt.id].since; }
    void asked_again(std::uint16_t caller, Instant now) noexcept;
    [[nodiscard]] Duration draw_setup(std::uint16_t caller) noexcept {
        return owners_[caller]->setup.draw(owners_[caller]->stream);
    }

    /// Whether a connection can be used again after this answer: whatever says nothing of the connection itself came on
    /// it.
    [[nodiscard]] static bool survives(Outcome outcome) noexcept {
        return outcome != Outcome::reset && outcome != Outcome::unavailable;
    }
    /// One that has waited gets a connection: a free one, or a place to open one.
    struct Next {
        CallRef attempt;
        Step step;
    };
    /// The call's attempt has ended, which may have needed no connection; `keeps`: the connection can be used again.
    /// Answers who is next, if anybody waits.
    [[nodiscard]] std::optional<Next> end(std::uint16_t caller, std::uint32_t call, bool keeps, Instant now);

    /// Connections with the instance that nobody uses are gone.
    void broken(std::uint16_t instance) noexcept;
    /// Those of the first so many members, as far as they share them with nobody else.
    void forget(std::uint16_t caller, std::uint32_t members) noexcept;

    /// Counts what is held until then. To be called once.
    void finish(Instant end);
    /// Null where the caller has no pool.
    [[nodiscard]] const ConnectionTally* tally(std::size_t caller) const noexcept {
        return any_ && owners_[caller] ? &owners_[caller]->tally : nullptr;
    }

private:
    struct Idle {
        Instant since;
        std::uint16_t instance;
    };
    struct Pool {
        std::uint32_t open = 0;
        std::vector<Idle> idle;  ///< in the order of `since`; the one used last is used first
        WaitingRoom waiting;     ///< empty unless all connections are open and in use
    };
    struct Owner {
        const scenarios::ConnectionSettings& settings;
        std::uint32_t members;
        std::uint32_t first_pool;
        std::uint32_t pools;
        Sampler setup;
        Stream stream;
        std::uint32_t in_use = 0;
        Instant in_use_since{};
        ConnectionTally tally{};
    };
    /// Of a call's attempt, by the call's place.
    struct Use {
        std::uint32_t token = 0;
        std::uint32_t pool = 0;
        std::int64_t ticket = 0;
        Instant since{};  ///< in this stage
        Stage stage = Stage::none;
    };

    void add(const std::optional<scenarios::ConnectionSettings>& settings, std::uint32_t members, std::uint32_t groups,
             Stream stream);
    void drop_expired(const Owner& owner, Pool& pool, Instant now) noexcept;
    [[nodiscard]] bool take_idle(Pool& pool, std::uint16_t instance) noexcept;
    void leave_queue(Owner& owner, Use& use, Instant now) noexcept;
    [[nodiscard]] Step hand_out(Owner& owner, Use& use, Step step, Instant now) noexcept;
    void count_use(Owner& owner, Instant now, std::uint32_t in_use) noexcept;
    [[nodiscard]] bool measured(Instant now) const noexcept { return now >= warmup_end_; }

    const CallPool& calls_;
    Instant warmup_end_;
    bool any_ = false;
    std::vector<std::optional<Owner>> owners_;  ///< by caller
    std::vector<Pool> pools_;
    std::vector<Use> uses_;
};

}  // namespace stampede::sim
