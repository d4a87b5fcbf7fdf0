#pragma once
/// What the simulation wants to hear from its agenda beside the event that is due.

#include "sim/kernel/prefetch.hpp"
#include "sim/simulation.hpp"

namespace stampede::sim {

/// Most timers are stale when they come: the attempt has been answered. Nothing happens then, and nothing is counted.
inline bool Simulation::is_stale(const Event& event) const noexcept {
    return event.kind == EventKind::call_timer && !calls_.call(event.subject).awaits_timer(event.detail, event.token);
}

/// What is to be fetched before an event comes, so long before that memory can answer, and not so long that it would
/// have left the cache again: counted in events of the same queue.
struct Simulation::Audience {
    static constexpr std::ptrdiff_t foresight = 8;
    static constexpr std::ptrdiff_t soon = 3;
    const Simulation& of;

    [[nodiscard]] bool looks_ahead() const noexcept { return of.calls_.are_many() || of.reaches_far_; }

    template <class Queue>
    void look_into(const Queue& queue) const noexcept {
        if (!looks_ahead()) return;
        if (const Event* later = queue.ahead(foresight)) foresee(*later);
        if (const Event* next = queue.ahead(soon)) foresee_more(*next);
    }

    /// A call, and who makes it, has left the cache by the time that its timer comes.
    void foresee(const Event& later) const noexcept {
        if (later.kind == EventKind::request)
            prefetch(&of.agents_[later.subject]);
        else if (is_of_call(later))
            of.calls_.prefetch(later.subject);
    }

    /// So have its caller's random numbers, and the policies that are nobody else's. The call has come meanwhile: the
    /// way to them is known.
    void foresee_more(const Event& next) const noexcept {
        if (next.kind == EventKind::request) {
            if (of.own_layers_)
                fetch(of.callers_[next.place].pipeline(of.populations_[next.place].client_of(next.subject)));
        } else if (is_of_call(next)) {
            const Call& call = of.calls_.call(next.subject);
            if (call.finished()) return;
            const CallInfo& info = CallPool::info(call);
            if (of.is_of_population(info)) prefetch(&of.agents_[info.agent].policies);
            if (of.own_layers_) fetch(call.pipeline());
        }
    }

    [[nodiscard]] static bool is_of_call(const Event& event) noexcept {
        return event.kind == EventKind::call_timer || event.kind == EventKind::reply;
    }
    static void fetch(const Pipeline& pipeline) noexcept {
        for (std::size_t i = 0; i < pipeline.depth(); ++i) prefetch(&pipeline[i]);
    }

    [[nodiscard]] bool is_stale(const Event& event) const noexcept { return of.is_stale(event); }
};

}  // namespace stampede::sim
