#include "policies/bulkhead/waiting_room.hpp"

#include <algorithm>
#include <utility>

namespace stampede {

std::int64_t WaitingRoom::push(CallRef call) {
    if (size_ == ring_.size()) grow();
    at(size_++) = {++last_ticket_, call};
    return last_ticket_;
}

CallRef WaitingRoom::pop() noexcept {
    const CallRef call = at(0).call;
    ++front_;  // wraps at 2^32, a multiple of the ring's size
    --size_;
    return call;
}

bool WaitingRoom::remove(std::int64_t ticket) noexcept {
    std::uint32_t low = 0;
    for (std::uint32_t high = size_; low < high;) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (at(middle).ticket < ticket) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == size_ || at(low).ticket != ticket) return false;
    for (std::uint32_t place = low; place > 0; --place) at(place) = at(place - 1);
    pop();
    return true;
}

void WaitingRoom::grow() {
    std::vector<Waiting> larger(std::max<std::size_t>(8, 2 * ring_.size()));
    for (std::uint32_t place = 0; place < size_; ++place) larger[place] = at(place);
    ring_ = std::move(larger);
    front_ = 0;
}

}  // namespace stampede
