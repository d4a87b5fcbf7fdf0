#include "sim/platform/activities.hpp"

#include <algorithm>
#include <simgrid/kernel/resource/Model.hpp>
#include <simgrid/s4u.hpp>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stampede::sim {
namespace {

namespace sg = simgrid::s4u;

/// Seconds until the next activity ends, or begins to flow; negative for none. What keeps cores busy without end is
/// none.
double until_next_end() {
    constexpr double never_s = 1e10;  // three hundred years
    double next = -1;
    for (auto* model : sg::Engine::get_instance()->get_all_models()) {
        const double in = model->next_occurring_event(sg::Engine::get_clock());
        if (in >= 0 && in < never_s && (next < 0 || in < next)) next = in;
    }
    return next;
}

}  // namespace

void advance_simgrid(Instant now) { advance_simgrid(to_seconds(now)); }

/// run_until stops up to 10 µs short of its horizon where something ends so near to it, and takes a horizon in the past
/// for "run to the end".
void advance_simgrid(double seconds) {
    while (sg::Engine::get_clock() < seconds) sg::Engine::get_instance()->run_until(seconds);
}

struct Activities::State {
    struct Slot {
        sg::ActivityPtr activity;  ///< held until it has ended; a pointer kept longer would slow the solver down
        Event event;
        Duration then{};
        std::uint64_t order = 0;
        bool is_work = false;
        bool has_ended = false;
    };
    std::vector<Slot> slots;
    std::vector<std::uint32_t> free;
    std::unordered_map<const sg::Activity*, std::uint32_t> slot_of;
    std::vector<std::uint32_t> ended_slots;
    struct Taken {
        std::uint32_t slot;
        std::uint64_t order;  ///< tells the slot's activity from a later one's
    };
    struct Claim {
        std::uint16_t place;
        sg::Host* host;
        double cores;
        std::vector<Taken> taken{};  ///< none while the host is down
        bool is_due = false;         ///< the host has come up
    };
    std::vector<Claim> claims;
    bool claims_are_due = false;  ///< some are
    Agenda* agenda = nullptr;
    std::vector<sg::ActivityPtr> cancelled;  ///< SimGrid looks at them once more when its clock goes on
    std::uint64_t order = 0;
    std::uint32_t foreseen = 0;  ///< number of the latest event that was asked for
    double due_s = 0;            ///< when it is due by SimGrid's clock

    /// SimGrid's signals cannot be disconnected one by one: who listens at present.
    static inline State* listening = nullptr;
    void listen() {
        static const bool is_connected = [] {
            sg::Host::on_state_change.connect([](const sg::Host& host) {
                if (listening != nullptr && host.is_on()) listening->came_up(host);
            });
            sg::Activity::on_completion_cb([](const sg::Activity& activity) {
                if (listening != nullptr) listening->ended(activity);
            });
            return true;
        }();
        (void)is_connected;
        listening = this;
    }
    /// SimGrid says so in the middle of something: what follows from it is left for the next look.
    void came_up(const sg::Host& host) {
        for (Claim& claim : claims) claim.is_due = claim.is_due || claim.host == &host;
        claims_are_due = std::any_of(claims.begin(), claims.end(), [](const Claim& claim) { return claim.is_due; });
        if (!claims_are_due) return;
        agenda->after(Duration::zero(), {.kind = EventKind::activity_due, .token = ++foreseen});
        due_s = sg::Engine::get_clock();
    }
    /// Called by SimGrid, for some activities more than once.
    void ended(const sg::Activity& activity) {
        const auto found = slot_of.find(&activity);
        if (found == slot_of.end()) return;
        slots[found->second].has_ended = true;
        ended_slots.push_back(found->second);
        slot_of.erase(found);
    }
    /// Answers the slot.
    std::uint32_t add(sg::ActivityPtr activity, const Event& event, Duration then, bool is_work) {
        if (free.empty()) {
            free.push_back(static_cast<std::uint32_t>(slots.size()));
            slots.emplace_back();
        }
        const std::uint32_t slot = free.back();
        free.pop_back();
        slot_of.emplace(activity.get(), slot);
        slots[slot] = {std::move(activity), event, then, order++, is_work, false};
        slots[slot].activity->start();
        return slot;
    }
    void release(std::uint32_t slot) {
        slots[slot] = {};
        free.push_back(slot);
    }
    /// Nobody wants to hear of its end any more. A cancelled activity keeps its share until SimGrid's clock goes on,
    /// and what is foreseen for the others would be late; one that is suspended gives it up at once.
    void drop(std::uint32_t slot) {
        slot_of.erase(slots[slot].activity.get());
        slots[slot].activity->suspend();
        slots[slot].activity->cancel();
        cancelled.push_back(std::move(slots[slot].activity));
        release(slot);
    }
};

Activities::Activities(Agenda& agenda) : agenda_(agenda), state_(std::make_unique<State>()) {
    state_->agenda = &agenda;
    state_->listen();
}

/// What is still under way would outlive the platform.
Activities::~Activities() {
    State::listening = nullptr;
    for (auto& slot : state_->slots)
        if (slot.activity && !slot.has_ended) slot.activity->cancel();
}

std::size_t Activities::under_way() const noexcept { return state_->slot_of.size(); }

void Activities::start_flow(sg::Host& from, sg::Host& to, double bytes, const Event& arrival, Duration then) {
    advance_simgrid(agenda_.now());
    if (!from.is_on() || !to.is_on()) return;  // it is lost; SimGrid would end the program
    sg::CommPtr flow = sg::Comm::sendto_init(&from, &to);
    flow->set_payload_size(static_cast<std::uint64_t>(bytes));
    state_->add(flow, arrival, then, false);
    foresee();
}

void Activities::start_work(sg::Host& host, double core_s, const Event& done) {
    advance_simgrid(agenda_.now());
    sg::ExecPtr work = sg::Exec::init();
    work->set_flops_amount(core_s * host.get_speed())->set_host(&host);
    state_->add(work, done, {}, true);
    foresee();
}

/// Something far more important keeps them busy: a core each, the last one in part. SimGrid shares a host's cores by
/// max-min fairness weighted by priority, so that work gets what these leave.
void Activities::take_cores(sg::Host& host, std::uint16_t place, double cores) {
    advance_simgrid(agenda_.now());
    auto& claims = state_->claims;
    const auto claim =
        std::find_if(claims.begin(), claims.end(), [&](const auto& each) { return each.place == place; });
    const std::size_t number = static_cast<std::size_t>(claim - claims.begin());
    if (claim == claims.end()) claims.push_back({place, &host, 0});
    claims[number].cores = cores;
    occupy(number);
    foresee();
}

/// Anew, whatever was left of what the claim had taken.
void Activities::occupy(std::size_t number) {
    constexpr double priority = 1e6;
    constexpr double without_end = 1e30;  // flops: beyond `never_s` on any host
    State::Claim& claim = state_->claims[number];
    for (const State::Taken& taken : claim.taken) {
        const auto& slot = state_->slots[taken.slot];
        if (slot.activity && !slot.has_ended && slot.order == taken.order) state_->drop(taken.slot);
    }
    claim.taken.clear();
    claim.is_due = false;
    for (double cores = claim.cores; cores > 1e-9 && claim.host->is_on(); cores -= 1) {
        sg::ExecPtr busy = sg::Exec::init();
        busy->set_flops_amount(without_end)->set_host(claim.host)->set_priority(priority);
        if (cores < 1) busy->set_bound(cores * claim.host->get_speed());
        const std::uint32_t slot = state_->add(busy, {}, {}, false);
        claim.taken.push_back({slot, state_->slots[slot].order});
    }
}

template <class Which, class Act>
void Activities::for_work(Which&& which, Act&& act) {
    advance_simgrid(agenda_.now());
    for (std::uint32_t i = 0; i < state_->slots.size(); ++i) {
        const auto& slot = state_->slots[i];
        if (slot.activity && slot.is_work && !slot.has_ended && which(slot.event)) act(i);
    }
    foresee();
}

void Activities::stop_work(std::uint16_t place) {
    for_work([&](const Event& event) { return event.place == place; }, [&](std::uint32_t i) { state_->drop(i); });
}

void Activities::stop_work(std::uint16_t place, std::uint32_t subject) {
    for_work([&](const Event& event) { return event.place == place && event.subject == subject; },
             [&](std::uint32_t i) { state_->drop(i); });
}

void Activities::suspend_work(std::uint16_t place) {
    for_work([&](const Event& event) { return event.place == place; },
             [&](std::uint32_t i) { state_->slots[i].activity->suspend(); });
}

void Activities::resume_work(std::uint16_t place) {
    for_work([&](const Event& event) { return event.place == place; },
             [&](std::uint32_t i) { state_->slots[i].activity->resume(); });
}

void Activities::look(const Event& event) {
    if (event.token != state_->foreseen) return;  // something has begun or ended since
    constexpr double rounding = 1e-9;             // so that what ends at the horizon has ended
    advance_simgrid(state_->due_s + rounding);
    state_->cancelled.clear();
    std::vector<std::uint32_t>& ended = state_->ended_slots;
    // Not as SimGrid happens to go through its lists.
    std::sort(ended.begin(), ended.end(),
              [&](std::uint32_t a, std::uint32_t b) { return state_->slots[a].order < state_->slots[b].order; });
    for (const std::uint32_t i : ended) {
        const auto& slot = state_->slots[i];
        if (slot.activity->get_state() == sg::Activity::State::FINISHED) agenda_.after(slot.then, slot.event);
        state_->release(i);
    }
    ended.clear();
    if (std::exchange(state_->claims_are_due, false))
        for (std::size_t claim = 0; claim < state_->claims.size(); ++claim)
            if (state_->claims[claim].is_due) occupy(claim);
    foresee();
}

/// Asks the agenda to look when the next activity ends: at once where one has ended already, by the clock's rounding.
void Activities::foresee() {
    const double clock = sg::Engine::get_clock();
    const double in = state_->ended_slots.empty() && !state_->claims_are_due ? until_next_end() : 0;
    ++state_->foreseen;
    if (in < 0) return;
    state_->due_s = clock + in;
    const Duration wait = from_seconds(state_->due_s) - (agenda_.now() - Instant{});
    agenda_.after(std::max(Duration::zero(), wait), {.kind = EventKind::activity_due, .token = state_->foreseen});
}

}  // namespace stampede::sim
