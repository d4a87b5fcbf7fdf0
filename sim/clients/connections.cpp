#include "sim/clients/connections.hpp"

#include <algorithm>

#include "sim/kernel/purpose.hpp"

namespace stampede::sim {

using scenarios::ConnectionSettings;

ConnectionPools::ConnectionPools(const scenarios::Scenario& scenario, std::uint64_t seed, const CallPool& calls)
    : calls_(calls), warmup_end_(Instant{} + scenario.run.warmup) {
    const auto& clients = scenario.clients;
    for (std::size_t p = 0; p < clients.size(); ++p)
        add(clients[p].value.connections, clients[p].value.count, clients[p].value.groups,
            stream_of(seed, EntityKind::population, p, 0, Purpose::connections));
    for (std::size_t s = 0; s < scenario.services.size(); ++s) {
        const auto& service = scenario.services[s].value;
        for (std::size_t c = 0; c < service.calls.size(); ++c)
            add(service.calls[c].connections, service.most_instances(), 1,
                stream_of(seed, EntityKind::outgoing_call, s, c, Purpose::connections));
    }
}

void ConnectionPools::add(const std::optional<ConnectionSettings>& settings, std::uint32_t members,
                          std::uint32_t groups, Stream stream) {
    if (!settings) return owners_.emplace_back(), void();
    any_ = true;
    const auto first = static_cast<std::uint32_t>(pools_.size());
    const std::uint32_t pools =
        settings->scope == Scope::client ? members : (settings->scope == Scope::group ? groups : 1);
    pools_.resize(first + pools);
    owners_.emplace_back(Owner{*settings, members, first, pools, Sampler{settings->setup}, stream});
    owners_.back()->tally.places = std::uint64_t{pools} * settings->max;
    owners_.back()->in_use_since = warmup_end_;
}

void ConnectionPools::count_use(Owner& owner, Instant now, std::uint32_t in_use) noexcept {
    if (now > owner.in_use_since) {
        owner.tally.in_use_s += to_seconds(now - owner.in_use_since) * owner.in_use;
        owner.in_use_since = now;
    }
    owner.in_use = in_use;
}

void ConnectionPools::drop_expired(const Owner& owner, Pool& pool, Instant now) noexcept {
    if (!owner.settings.idle_timeout || pool.idle.empty()) return;
    const Duration timeout = *owner.settings.idle_timeout;
    const auto lives = [&](const Idle& idle) { return now - idle.since < timeout; };
    const auto first = std::find_if(pool.idle.begin(), pool.idle.end(), lives);
    pool.open -= static_cast<std::uint32_t>(first - pool.idle.begin());
    pool.idle.erase(pool.idle.begin(), first);
}

/// One with the instance that the attempt goes to; where the service has but one instance that is the last.
bool ConnectionPools::take_idle(Pool& pool, std::uint16_t instance) noexcept {
    const auto matches = [&](const Idle& idle) { return idle.instance == instance; };
    const auto found = std::find_if(pool.idle.rbegin(), pool.idle.rend(), matches);
    if (found == pool.idle.rend()) return false;
    pool.idle.erase(std::next(found).base());
    return true;
}

ConnectionPools::Step ConnectionPools::hand_out(Owner& owner, Use& use, Step step, Instant now) noexcept {
    count_use(owner, now, owner.in_use + 1);
    use.stage = step == Step::open ? Stage::asked : Stage::held;
    if (step == Step::open && measured(now)) ++owner.tally.opened;
    return step;
}

ConnectionPools::Step ConnectionPools::begin(std::uint16_t caller, std::uint32_t member, CallRef attempt, Instant now) {
    if (attempt.id >= uses_.size()) uses_.resize(calls_.capacity());
    Owner& owner = *owners_[caller];
    const std::uint32_t number = owner.first_pool + member % owner.pools;
    Pool& pool = pools_[number];
    Use& use = uses_[attempt.id];
    use = {attempt.token, number, 0, now, Stage::none};
    if (measured(now)) ++owner.tally.asked;
    drop_expired(owner, pool, now);
    if (take_idle(pool, calls_.info(attempt.id).instance)) return hand_out(owner, use, Step::go, now);
    if (pool.open == owner.settings.max && !pool.idle.empty()) {
        pool.idle.erase(pool.idle.begin());  // with another instance: makes room
        --pool.open;
    }
    if (pool.open < owner.settings.max) {
        ++pool.open;
        return hand_out(owner, use, Step::open, now);
    }
    if (pool.waiting.size() >= owner.settings.max_waiting || owner.settings.max_wait == Duration::zero())
        return Step::give_up;
    use.ticket = pool.waiting.push(attempt);
    use.stage = Stage::waiting;
    return Step::wait;
}

void ConnectionPools::leave_queue(Owner& owner, Use& use, Instant now) noexcept {
    pools_[use.pool].waiting.remove(use.ticket);
    use.stage = Stage::none;
    if (measured(now)) owner.tally.wait_s += to_seconds(now - use.since);
}

bool ConnectionPools::stop_waiting(std::uint16_t caller, CallRef attempt, Instant now) {
    if (stage(attempt) != Stage::waiting) return false;
    leave_queue(*owners_[caller], uses_[attempt.id], now);
    return true;
}

void ConnectionPools::withdraw(std::uint16_t caller, std::uint32_t call, Instant now) noexcept {
    if (call < uses_.size() && uses_[call].stage == Stage::waiting) leave_queue(*owners_[caller], uses_[call], now);
}

void ConnectionPools::asked_again(std::uint16_t caller, Instant now) noexcept {
    if (measured(now)) ++owners_[caller]->tally.asked_again;
}

std::optional<ConnectionPools::Next> ConnectionPools::end(std::uint16_t caller, std::uint32_t call, bool keeps,
                                                          Instant now) {
    if (call >= uses_.size() || uses_[call].stage == Stage::none) return std::nullopt;
    Use& use = uses_[call];
    Owner& owner = *owners_[caller];
    Pool& pool = pools_[use.pool];
    if (use.stage == Stage::waiting) return leave_queue(owner, use, now), std::nullopt;
    if (!keeps && use.stage == Stage::held && measured(now)) ++owner.tally.broken;
    use.stage = Stage::none;
    count_use(owner, now, owner.in_use - 1);
    const std::uint16_t instance = calls_.info(call).instance;
    keeps = keeps && owner.settings.idle_timeout != Duration::zero();
    if (pool.waiting.empty()) {
        if (keeps)
            pool.idle.push_back({now, instance});
        else
            --pool.open;
        return std::nullopt;
    }
    const CallRef next = pool.waiting.pop();
    Use& of_next = uses_[next.id];
    if (measured(now)) owner.tally.wait_s += to_seconds(now - of_next.since);
    const bool fits = keeps && calls_.info(next.id).instance == instance;
    return Next{next, hand_out(owner, of_next, fits ? Step::go : Step::open, now)};
}

void ConnectionPools::broken(std::uint16_t instance) noexcept {
    for (Pool& pool : pools_)
        pool.open -= static_cast<std::uint32_t>(
            std::erase_if(pool.idle, [&](const Idle& idle) { return idle.instance == instance; }));
}

/// Members are dealt into pools one by one, so the last member of pool k is the greatest number that leaves k.
void ConnectionPools::forget(std::uint16_t caller, std::uint32_t members) noexcept {
    const Owner& owner = *owners_[caller];
    for (std::uint32_t k = 0; k < owner.pools; ++k) {
        if (k + (owner.members - 1 - k) / owner.pools * owner.pools >= members) continue;
        Pool& pool = pools_[owner.first_pool + k];
        pool.open -= static_cast<std::uint32_t>(pool.idle.size());
        pool.idle.clear();
    }
}

void ConnectionPools::finish(Instant end) {
    for (auto& owner : owners_)
        if (owner) count_use(*owner, end, owner->in_use);
}

}  // namespace stampede::sim
