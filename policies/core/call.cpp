#include "policies/core/call.hpp"

#include <stdexcept>

namespace stampede {

void Call::renew_token() noexcept {
    if (++token_ == 0) token_ = 1;  // 0 stands for "no timer" in a frame
}

Context Call::context(const Surroundings& s, std::uint8_t layer) noexcept {
    return {s.now,      ref(),    {id_, token_}, s.random,
            s.observer, s.driver, facts_,        pipeline_->has_budgets() ? pipeline_->budget_above(layer) : nullptr};
}

void Call::arm(const Surroundings& s, std::uint8_t layer, Duration after) {
    renew_token();
    frames()[layer].timer = token_;
    s.driver.arm(*this, layer, token_, after);
}

void Call::start(const Surroundings& s, const Pipeline& pipeline, const CallFacts& facts) {
    if (!finished()) throw std::logic_error("a call was started again before it had finished");
    pipeline_ = &pipeline;
    facts_ = facts;
    facts_.begun = s.now;
    facts_.attempts = 0;
    depth_ = 0;
    renew_token();
    s.observer.call_started(ref(), s.now);
    descend(s);
}

/// Innermost first: what takes count of its calls, such as a bulkhead, tends to be there and says no at once.
bool Call::start_unchanged(Driver& driver, const Pipeline& pipeline) {
    if (!finished()) throw std::logic_error("a call was started again before it had finished");
    for (std::uint8_t layer = pipeline.depth(); layer-- > 0;) {
        Frame& frame = *new (frames() + layer) Frame{};
        Duration timer = no_timer;
        if (!pipeline[layer].enter_unchanged(frame, timer)) return false;
        if (timer == no_timer) continue;
        renew_token();
        frame.timer = token_;
        driver.arm(*this, layer, token_, timer);
    }
    pipeline_ = &pipeline;
    facts_ = {};
    facts_.attempts = 1;
    depth_ = pipeline.depth();
    renew_token();
    state_ = State::in_flight;
    return true;
}

bool Call::settle_unchanged(Outcome outcome) noexcept {
    for (std::uint8_t layer = depth_; layer-- > 0;)
        if (!(*pipeline_)[layer].leave_unchanged(frames()[layer], outcome)) return false;
    depth_ = 0;
    renew_token();
    state_ = State::finished;
    return true;
}

/// Enters layer after layer until one refuses the call or keeps it, or the attempt is sent.
void Call::descend(const Surroundings& s) {
    state_ = State::moving;
    Context context = this->context(s, depth_);
    const bool has_budgets = pipeline_->has_budgets();
    for (const std::uint8_t bottom = pipeline_->depth(); depth_ < bottom;) {
        Frame& frame = *new (frames() + depth_) Frame{};
        const std::uint8_t layer = depth_;
        // A fresh token for every layer: a call that parks can only be woken for this very wait.
        renew_token();
        context.call.token = context.self.token = token_;
        if (has_budgets) context.budget = pipeline_->budget_above(layer);
        const Entry entry = (*pipeline_)[layer].enter(context, frame);
        if (entry.kind == Entry::Kind::refuse) {
            s.observer.refused(context.call, s.now, entry.outcome);
            return ascend(s, entry.outcome);
        }
        ++depth_;
        if (entry.kind != Entry::Kind::proceed) return stay(s, entry);
        if (entry.timer != no_timer) arm(s, layer, entry.timer);
    }
    send(s);
}

/// The layer entered last keeps the call.
void Call::stay(const Surroundings& s, const Entry& entry) {
    if (entry.kind == Entry::Kind::branch) {
        state_ = State::branched;
        branches_ = 0;
        return begin_branch(s, entry.timer);
    }
    state_ = State::parked;
    if (entry.timer == no_timer) return;
    const auto layer = static_cast<std::uint8_t>(depth_ - 1);
    frames()[layer].timer = token_;  // not a new one: the layer may have named the call to a waker by this one
    s.driver.arm(*this, layer, token_, entry.timer);
}

void Call::send(const Surroundings& s) {
    renew_token();
    facts_.attempts = is_branch() ? ++s.driver.find(root()).facts_.attempts : facts_.attempts + 1;
    state_ = State::in_flight;
    s.observer.attempt_started(ref(), s.now, facts_.attempts);
    s.driver.send(*this);
}

/// Takes an outcome up through the layers entered, innermost first.
void Call::ascend(const Surroundings& s, Outcome outcome, Pushback retry_after) {
    state_ = State::moving;
    Context context = this->context(s, depth_);
    context.retry_after = retry_after;
    const bool has_budgets = pipeline_->has_budgets();
    while (depth_ > floor_) {
        const auto layer = static_cast<std::uint8_t>(depth_ - 1);
        Frame& frame = frames()[layer];
        if (has_budgets) context.budget = pipeline_->budget_above(layer);
        const Exit exit = (*pipeline_)[layer].leave(context, frame, outcome);
        if (exit.kind == Exit::Kind::direct) return send(s);
        if (exit.kind != Exit::Kind::pass) {
            if (exit.kind != Exit::Kind::again && exit.kind != Exit::Kind::reconsider)
                throw std::logic_error("a layer that has not branched has no branches");
            state_ = exit.kind == Exit::Kind::again ? State::backing_off : State::reconsidering;
            return arm(s, layer, exit.delay);
        }
        frame.timer = 0;
        outcome = exit.outcome;
        --depth_;
    }
    come_out(s, outcome);
}

void Call::come_out(const Surroundings& s, Outcome outcome) {
    if (is_branch()) return join(s, outcome);
    renew_token();
    state_ = State::finished;
    s.observer.call_finished(ref(), s.now, outcome, facts_.attempts);
    s.driver.finish(*this, outcome);
}

/// Takes back, innermost first, all that was entered further in than the first `depth` layers.
void Call::take_back(const Surroundings& s, std::uint8_t depth, std::uint8_t cut_by) {
    if (state_ == State::in_flight) {
        s.observer.attempt_abandoned(ref(), s.now, facts_.attempts, cut_by);
        s.driver.abandon(*this);
    } else if (state_ == State::branched) {
        take_back_branches(s, cut_by);
    }
    state_ = State::moving;
    while (depth_ > depth) {
        --depth_;
        Context context = this->context(s, depth_);
        (*pipeline_)[depth_].cancel(context, frames()[depth_]);
        frames()[depth_].timer = 0;
    }
    renew_token();
}

bool Call::attempt_settled(const Surroundings& s, std::uint32_t token, Outcome outcome, Pushback retry_after) {
    if (!in_flight(token)) return false;
    s.observer.attempt_settled(ref(), s.now, facts_.attempts, outcome);
    renew_token();
    ascend(s, outcome, retry_after);
    return true;
}

void Call::timer(const Surroundings& s, std::uint8_t layer, std::uint32_t token) {
    if (!awaits_timer(layer, token)) return;
    Frame& frame = frames()[layer];
    frame.timer = 0;
    const bool innermost = layer + 1 == depth_;
    if (state_ == State::backing_off && innermost) return descend(s);

    Context context = this->context(s, layer);
    const Verdict verdict = (*pipeline_)[layer].timer(context, frame);
    if (verdict.kind == Verdict::Kind::nothing) {
        if (state_ == State::reconsidering && innermost) descend(s);
        return;
    }
    if (verdict.kind == Verdict::Kind::beside) {
        if (state_ != State::branched || !innermost)
            throw std::logic_error("a layer that has not branched started a branch");
        return begin_branch(s, verdict.timer);
    }
    const bool was_waiting = state_ == State::parked && innermost;
    if (verdict.kind == Verdict::Kind::proceed) {
        if (!was_waiting) throw std::logic_error("a layer sent a call on its way that it had not parked");
        return descend(s);
    }
    take_back(s, static_cast<std::uint8_t>(layer + 1), layer);
    if (was_waiting) s.observer.refused(ref(), s.now, verdict.outcome);
    depth_ = layer;
    ascend(s, verdict.outcome);
}

void Call::resume(const Surroundings& s, std::uint32_t token) {
    if (state_ != State::parked || token_ != token) return;
    const auto layer = static_cast<std::uint8_t>(depth_ - 1);
    frames()[layer].timer = 0;
    renew_token();  // a new wait, should it come to one
    Context context = this->context(s, layer);
    const Entry entry = innermost().resume(context, frames()[layer]);
    if (entry.kind == Entry::Kind::wait) return stay(s, entry);
    if (entry.kind == Entry::Kind::refuse) {
        s.observer.refused(context.call, s.now, entry.outcome);
        --depth_;
        return ascend(s, entry.outcome);
    }
    if (entry.timer != no_timer) arm(s, layer, entry.timer);
    descend(s);
}

void Call::cancel(const Surroundings& s) {
    if (finished()) return;
    take_back(s, 0, cut_by_caller);
    state_ = State::finished;
    s.observer.call_cancelled(ref(), s.now, facts_.attempts);
}

}  // namespace stampede
