#include "policies/drivers/seed.hpp"

#include <random>

namespace stampede {

std::uint64_t random_seed() {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

}  // namespace stampede
