#include "replay/player.hpp"

#include <new>
#include <stdexcept>

namespace stampede::replay {

std::string_view to_string(Event event) noexcept {
    switch (event) {
        case Event::admit:
            return "admit";
        case Event::reject:
            return "reject";
        case Event::wait:
            return "wait";
        case Event::settle:
            return "settle";
    }
    return "?";
}

Player::Player(const StackSettings& stack, const Trace& trace, std::uint64_t seed, Listener& listener)
    : trace_(trace), listener_(listener), random_(Stream::of(seed, 0, 0)) {
    std::vector<Layer*> refs;
    for (const LayerSettings& settings : stack) {
        const auto number = static_cast<std::uint32_t>(breakers_.size());
        layers_.push_back(make_layer(settings, number));
        refs.push_back(layers_.back().get());
        if (auto* breaker = dynamic_cast<Breaker*>(refs.back())) breakers_.push_back(breaker);
    }
    pipeline_ = Pipeline{std::move(refs)};
    if (pipeline_.branches()) throw std::invalid_argument("a trace does not say how a hedge would end");
}

Player::~Player() = default;

void Player::play() {
    for (std::size_t line = 0; line < trace_.size(); ++line) {
        run_until(trace_[line].at);
        now_ = trace_[line].at;
        make_due_moves(now_ - Duration{1});
        come(line);
        resume_woken();
    }
    run_until(Instant::max());
    make_due_moves(now_);
}

void Player::run_until(Instant end) {
    while (!agenda_.empty() && agenda_.top().at <= end) {
        const Due due = agenda_.top();
        agenda_.pop();
        now_ = due.at;
        make_due_moves(now_ - Duration{1});
        tell(due);
        resume_woken();
    }
}

/// A breaker makes them itself at its next event; so they are told before what other events say.
void Player::make_due_moves(Instant now) {
    for (Breaker* breaker : breakers_)
        if (now >= Instant{}) breaker->catch_up(now, random_, *this, *this);
}

std::uint32_t Player::free_place() {
    if (!free_.empty()) {
        const std::uint32_t place = free_.back();
        free_.pop_back();
        return place;
    }
    auto storage = std::make_unique<std::byte[]>(Call::storage(pipeline_.depth()));
    Call* call = new (storage.get()) Call(static_cast<std::uint32_t>(places_.size()));
    places_.push_back({std::move(storage), call, 0, false});
    return call->id();
}

void Player::come(std::size_t line) {
    const std::uint32_t id = free_place();
    places_[id].line = line;
    places_[id].backs_off = false;
    Call& call = *places_[id].call;
    call.start(surroundings(), pipeline_);
    // Whoever neither runs nor is through nor has been told when to come again waits.
    if (!call.finished() && !call.in_flight(call.token()) && !places_[id].backs_off)
        say({id, call.token()}, Event::wait);
}

void Player::tell(const Due& due) {
    Call& call = *places_[due.call].call;
    if (due.kind == Kind::timer) return call.timer(surroundings(), due.layer, due.token);
    if (call.attempt_settled(surroundings(), due.token, trace_[places_[due.call].line].outcome))
        say({due.call, due.token}, Event::settle);
}

void Player::resume_woken() {
    for (std::size_t i = 0; i < woken_.size(); ++i) {
        const CallRef ref = woken_[i];
        places_[ref.id].call->resume(surroundings(), ref.token);
    }
    woken_.clear();
}

void Player::say(CallRef call, Event event) {
    const auto state = breakers_.empty() ? std::nullopt : std::optional(breakers_.front()->state());
    listener_.happened(now_, trace_[places_[call.id].line].id, event, state);
}

void Player::send(Call& call) {
    say({call.id(), call.token()}, Event::admit);
    const Instant end = now_ + trace_[places_[call.id()].line].duration;
    agenda_.push({end, Kind::settle, ++order_, call.id(), call.token(), 0});
}

void Player::arm(Call& call, std::uint8_t layer, std::uint32_t token, Duration after) {
    agenda_.push({now_ + after, Kind::timer, ++order_, call.id(), token, layer});
}

void Player::finish(Call& call, Outcome) { free_.push_back(call.id()); }

}  // namespace stampede::replay
