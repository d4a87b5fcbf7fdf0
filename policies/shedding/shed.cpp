#include "policies/shedding/shed.hpp"

#include <algorithm>
#include <cmath>

namespace stampede {

void ShedPartitions::check(Problems& problems) const {
    double sum = 0;
    for (const Share guarantee : guarantees) sum += guarantee;
    if (sum > 1 + 1e-9) problems.add("guarantees", "add up to more than 1");
}

void ShedRamp::check(Problems& problems) const {
    if (from > to) problems.add("from", "must not be above \"to\"");
}

void ShedByChance::check(Problems& problems) const {
    if (classes.empty()) problems.add("classes", "must name at least one class");
}

bool Shed::admits(const ShedPartitions& partitions, const Context& context) const noexcept {
    if (under_way_ < settings_->max_concurrent) return true;
    const std::size_t number = context.facts.priority;
    const double share = number < partitions.guarantees.size() ? partitions.guarantees[number].value : 0;
    const std::uint32_t taken = number < by_class_.size() ? by_class_[number] : 0;
    return taken < std::max(1.0, std::ceil(share * settings_->max_concurrent));
}

bool Shed::admits(const ShedByChance& chance, Context& context) const noexcept {
    if (under_way_ >= settings_->max_concurrent) return false;
    const std::size_t number = std::min<std::size_t>(context.facts.priority, chance.classes.size() - 1);
    const ShedRamp& ramp = chance.classes[number];
    const double taken = static_cast<double>(under_way_) / settings_->max_concurrent;
    if (taken < ramp.from) return true;
    if (taken >= ramp.to) return false;
    return context.random.uniform() >= (taken - ramp.from) / (ramp.to - ramp.from);
}

Entry Shed::enter(Context& context, Frame& frame) {
    if (!std::visit([&](const auto& strategy) { return admits(strategy, context); }, settings_->strategy))
        return Entry::refuse(Outcome::shed);
    frame.narrow = context.facts.priority;
    if (frame.narrow >= by_class_.size()) by_class_.resize(frame.narrow + 1);
    ++by_class_[frame.narrow];
    ++under_way_;
    return Entry::proceed();
}

Exit Shed::leave(Context&, Frame& frame, Outcome outcome) {
    release(frame);
    return Exit::pass(outcome);
}

void Shed::cancel(Context&, Frame& frame) { release(frame); }

void Shed::release(const Frame& frame) noexcept {
    --by_class_[frame.narrow];
    --under_way_;
}

}  // namespace stampede
