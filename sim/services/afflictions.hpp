#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace stampede::sim {

/// What is wrong with something at present, each with the number of the fault that causes it, in the order of
/// beginning.
template <class T>
class Afflictions {
public:
    struct Affliction {
        std::uint32_t fault;
        T value;
    };

    void add(std::uint32_t fault, const T& value) { active_.push_back({fault, value}); }
    void remove(std::uint32_t fault) {
        active_.erase(std::remove_if(active_.begin(), active_.end(), [&](const auto& a) { return a.fault == fault; }),
                      active_.end());
    }

    [[nodiscard]] bool empty() const noexcept { return active_.empty(); }
    [[nodiscard]] const T& latest() const noexcept { return active_.back().value; }
    [[nodiscard]] auto begin() const noexcept { return active_.begin(); }
    [[nodiscard]] auto end() const noexcept { return active_.end(); }

private:
    std::vector<Affliction> active_;
};

}  // namespace stampede::sim
