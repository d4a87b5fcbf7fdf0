/// libFuzzer target: any bytes are a list of values or answered with diagnostics, never with a crash or a hang.

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/csv_properties.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string broken = stampede::scenarios::broken_by_csv({reinterpret_cast<const char*>(data), size});
    if (!broken.empty()) {
        std::fprintf(stderr, "%s\n", broken.c_str());
        std::abort();
    }
    return 0;
}
