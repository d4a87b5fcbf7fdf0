/// How a call becomes a tree, and one branch again.

#include <new>
#include <stdexcept>

#include "policies/core/call.hpp"

namespace stampede {
namespace {

[[noreturn]] void runs_no_branches() {
    throw std::logic_error("a pipeline that branches was given to a driver that runs no branches");
}

/// What a branch knows of its place in the tree. No layer uses a branch's first frame, since at least one layer is
/// above it: it is kept there, and other calls are no larger for it. No timer of that frame is waited for either: its
/// place keeps the root.
struct Kinship {
    std::uint32_t root;
    std::uint32_t parent;
    std::uint32_t elder;   ///< the branch of the same parent begun before it, among those under way
    std::uint32_t number;  ///< among all that its parent began at that layer, from 1

    [[nodiscard]] static Kinship in(const Frame& frame) noexcept {
        const auto both = static_cast<std::uint64_t>(frame.wide);
        return {frame.timer, static_cast<std::uint32_t>(both), static_cast<std::uint32_t>(both >> 32U), frame.narrow};
    }
    void put_in(Frame& frame) const noexcept {
        frame.wide = static_cast<std::int64_t>(std::uint64_t{elder} << 32U | parent);
        frame.narrow = number;
        frame.timer = root;
    }
};

}  // namespace

Call& Driver::acquire_branch(Call&) { runs_no_branches(); }
void Driver::release_branch(Call&) { runs_no_branches(); }
Call& Driver::find(std::uint32_t) { runs_no_branches(); }

/// Sets the timer of the innermost layer and starts one more branch below it. Nothing may follow: the branch may have
/// brought the whole call to its end.
void Call::begin_branch(const Surroundings& s, Duration timer) {
    const auto layer = static_cast<std::uint8_t>(depth_ - 1);
    frames()[layer].timer = 0;
    if (timer != no_timer) arm(s, layer, timer);
    Call& branch = s.driver.acquire_branch(*this);
    ++branches_;
    if (branches_ > 1) s.observer.hedged(ref(), s.now, branches_);
    branch.begin_below(s, *this);
}

void Call::begin_below(const Surroundings& s, Call& parent) {
    pipeline_ = parent.pipeline_;
    facts_ = parent.facts_;
    floor_ = depth_ = parent.depth_;
    Kinship{parent.root(), parent.id_, parent.youngest_, parent.branches_}.put_in(*new (frames()) Frame{});
    parent.youngest_ = id_;
    renew_token();
    descend(s);
}

/// A branch has come out of its outermost layer: its outcome is for the layer above.
void Call::join(const Surroundings& s, Outcome outcome) {
    const Kinship kinship = Kinship::in(frames()[0]);
    Call& parent = s.driver.find(kinship.parent);
    if (parent.youngest_ == id_) {
        parent.youngest_ = kinship.elder;
    } else {
        Call* younger = &s.driver.find(parent.youngest_);
        while (Kinship::in(younger->frames()[0]).elder != id_)
            younger = &s.driver.find(Kinship::in(younger->frames()[0]).elder);
        Kinship close = Kinship::in(younger->frames()[0]);
        close.elder = kinship.elder;
        close.put_in(younger->frames()[0]);
    }
    end_branch(s);
    parent.branch_ended(s, {kinship.number, outcome});
}

void Call::branch_ended(const Surroundings& s, const BranchEnd& end) {
    const auto layer = static_cast<std::uint8_t>(depth_ - 1);
    Frame& frame = frames()[layer];
    Context context = this->context(s, layer);
    context.branch = end.branch;
    const Exit exit = innermost().leave(context, frame, end.outcome);
    if (exit.kind == Exit::Kind::beside) return begin_branch(s, exit.delay);
    if (exit.kind == Exit::Kind::hold) {
        if (youngest_ == none) throw std::logic_error("a layer holds a call that has no branch under way");
        return;
    }
    if (exit.kind == Exit::Kind::again || exit.kind == Exit::Kind::reconsider || exit.kind == Exit::Kind::direct)
        throw std::logic_error("a layer that has branched asked to try again");
    s.observer.branch_chosen(context.call, s.now, {end.branch, exit.outcome});
    take_back(s, depth_, layer);
    frame.timer = 0;
    --depth_;
    ascend(s, exit.outcome);
}

void Call::take_back_branches(const Surroundings& s, std::uint8_t cut_by) {
    while (youngest_ != none) {
        Call& branch = s.driver.find(youngest_);
        youngest_ = Kinship::in(branch.frames()[0]).elder;
        branch.facts_.cancels = facts_.cancels;
        branch.take_back(s, branch.floor_, cut_by);
        branch.end_branch(s);
    }
}

/// Nothing may follow but what concerns the parent: the place may be another's at once.
void Call::end_branch(const Surroundings& s) {
    renew_token();
    state_ = State::finished;
    depth_ = floor_ = 0;
    s.driver.release_branch(*this);
}

}  // namespace stampede
