#pragma once
/// Which attempts have had an answer, where the network doubles messages: what else is answered to them comes again.

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "policies/core/observer.hpp"

namespace stampede::sim {

/// Keeps the latest in sets of seven, an attempt always in the same one: it is forgotten when seven others of its set
/// have been answered since, which takes some hundred thousand attempts, hardly ever less than ten thousand.
class AnsweredAttempts {
public:
    /// `doubles`: the network does; else nothing must be asked, and nothing is kept.
    explicit AnsweredAttempts(bool doubles) : sets_(doubles ? std::size_t{1} << set_bits : 0) {}

    [[nodiscard]] bool doubles() const noexcept { return !sets_.empty(); }

    /// An answer to the attempt has come. Answers whether one had come before.
    bool note(CallRef attempt) noexcept {
        const std::uint64_t key = std::uint64_t{attempt.id} << 32U | attempt.token;  // never 0: tokens are not
        Set& set = sets_[key * 0x9e3779b97f4a7c15ULL >> (64U - set_bits)];           // Fibonacci hashing
        if (std::find(set.keys.begin(), set.keys.end(), key) != set.keys.end()) return true;
        set.keys[set.oldest] = key;
        set.oldest = (set.oldest + 1) % set.keys.size();
        return false;
    }

private:
    static constexpr unsigned set_bits = 14;
    struct Set {
        std::array<std::uint64_t, 7> keys{};
        std::uint64_t oldest = 0;
    };
    static_assert(sizeof(Set) == 64, "a line of the cache");
    std::vector<Set> sets_;
};

}  // namespace stampede::sim
