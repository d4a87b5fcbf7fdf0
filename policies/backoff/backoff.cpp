#include "policies/backoff/backoff.hpp"

namespace stampede {

Duration nominal(const Backoff& backoff, std::uint32_t retry) {
    return std::visit([retry](const auto& growth) { return growth.nominal(retry, growth.cap()); }, backoff);
}

Duration uncapped(const Backoff& backoff, std::uint32_t retry) {
    return std::visit([retry](const auto& growth) { return growth.nominal(retry, longest); }, backoff);
}

Duration cap(const Backoff& backoff) {
    return std::visit([](const auto& growth) { return growth.cap(); }, backoff);
}

Duration limit(const Backoff& backoff) {
    return std::visit([](const auto& growth) { return growth.limit(); }, backoff);
}

}  // namespace stampede
