#include "policies/core/call.hpp"

#include <new>
#include <stdexcept>

namespace stampede {

static_assert(sizeof(Call) % alignof(Frame) == 0, "frames lie directly behind the call");

Frame* Call::frames() noexcept { return std::launder(reinterpret_cast<Frame*>(this + 1)); }

const Frame* Call::frames() const noexcept { return std::launder(reinterpret_cast<const Frame*>(this + 1)); }

void Call::renew_token() noexcept {
    if (++token_ == 0) token_ = 1;  // 0 stands for "no timer" in a frame
}

Context Call::context(const Surroundings& s) noexcept { return {s.now, {id_, token_}, s.random, s.observer, s.driver}; }

void Call::arm(const Surroundings& s, std::uint8_t layer, Duration after) {
    renew_token();
    frames()[layer].timer = token_;
    s.driver.arm(*this, layer, token_, after);
}

void Call::start(const Surroundings& s, const Pipeline& pipeline) {
    if (!finished()) throw std::logic_error("a call was started again before it had finished");
    pipeline_ = &pipeline;
    attempts_ = 0;
    depth_ = 0;
    renew_token();
    s.observer.call_started({id_, token_}, s.now);
    descend(s);
}

/// Enters layer after layer until one refuses or parks the call, or the attempt is sent.
void Call::descend(const Surroundings& s) {
    state_ = State::moving;
    while (depth_ < pipeline_->depth()) {
        Frame& frame = *new (frames() + depth_) Frame{};
        const std::uint8_t layer = depth_;
        // A fresh token for every layer: a call that parks can only be woken for this very wait.
        renew_token();
        Context context = this->context(s);
        const Entry entry = (*pipeline_)[layer].enter(context, frame);
        if (entry.kind == Entry::Kind::refuse) {
            s.observer.refused(context.call, s.now, entry.outcome);
            return ascend(s, entry.outcome);
        }
        ++depth_;
        if (entry.kind == Entry::Kind::wait) {
            state_ = State::parked;
            if (entry.timer != no_timer) {
                frame.timer = token_;
                s.driver.arm(*this, layer, token_, entry.timer);
            }
            return;
        }
        if (entry.timer != no_timer) arm(s, layer, entry.timer);
    }
    renew_token();
    ++attempts_;
    state_ = State::in_flight;
    s.observer.attempt_started({id_, token_}, s.now, attempts_);
    s.driver.send(*this);
}

/// Takes an outcome up through the layers entered, innermost first.
void Call::ascend(const Surroundings& s, Outcome outcome) {
    state_ = State::moving;
    while (depth_ > 0) {
        const auto layer = static_cast<std::uint8_t>(depth_ - 1);
        Frame& frame = frames()[layer];
        Context context = this->context(s);
        const Exit exit = (*pipeline_)[layer].leave(context, frame, outcome);
        if (exit.kind == Exit::Kind::again) {
            state_ = State::backing_off;
            return arm(s, layer, exit.delay);
        }
        frame.timer = 0;
        outcome = exit.outcome;
        --depth_;
    }
    renew_token();
    state_ = State::finished;
    s.observer.call_finished({id_, token_}, s.now, outcome, attempts_);
    s.driver.finish(*this, outcome);
}

/// Takes back, innermost first, all that was entered below `layer`.
void Call::cut(const Surroundings& s, std::uint8_t layer) {
    if (state_ == State::in_flight) {
        s.observer.attempt_abandoned({id_, token_}, s.now, attempts_, layer);
        s.driver.abandon(*this);
    }
    state_ = State::moving;
    while (depth_ > layer + 1) {
        --depth_;
        Context context = this->context(s);
        (*pipeline_)[depth_].cancel(context, frames()[depth_]);
        frames()[depth_].timer = 0;
    }
    renew_token();
}

bool Call::attempt_settled(const Surroundings& s, std::uint32_t token, Outcome outcome) {
    if (!in_flight(token)) return false;
    s.observer.attempt_settled({id_, token_}, s.now, attempts_, outcome);
    renew_token();
    ascend(s, outcome);
    return true;
}

void Call::timer(const Surroundings& s, std::uint8_t layer, std::uint32_t token) {
    if (!awaits_timer(layer, token)) return;
    Frame& frame = frames()[layer];
    frame.timer = 0;
    const bool innermost = layer + 1 == depth_;
    if (state_ == State::backing_off && innermost) return descend(s);

    const bool was_waiting = state_ == State::parked && innermost;
    cut(s, layer);
    Context context = this->context(s);
    const Outcome outcome = (*pipeline_)[layer].timer(context, frame);
    if (was_waiting) s.observer.refused(context.call, s.now, outcome);
    depth_ = layer;
    ascend(s, outcome);
}

bool Call::awaits_timer(std::uint8_t layer, std::uint32_t token) const noexcept {
    return layer < depth_ && token != 0 && frames()[layer].timer == token;
}

void Call::resume(const Surroundings& s, std::uint32_t token) {
    if (state_ != State::parked || token_ != token) return;
    frames()[depth_ - 1].timer = 0;
    descend(s);
}

}  // namespace stampede
