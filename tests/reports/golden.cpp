#include "tests/reports/golden.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace stampede::reports {

void check_golden(const std::string& name, const std::string& text) {
    const std::string path = std::string(STAMPEDE_GOLDEN_FOLDER) + "/" + name;
    const char* update = std::getenv("STAMPEDE_UPDATE_GOLDEN");
    if (update && std::string(update) == "1") {
        std::ofstream out(path, std::ios::binary);
        out << text;
        REQUIRE(out.flush());
        return;
    }
    std::ifstream in(path, std::ios::binary);
    INFO("golden file " << path << "; STAMPEDE_UPDATE_GOLDEN=1 rewrites it");
    REQUIRE(in);
    std::ostringstream expected;
    expected << in.rdbuf();
    CHECK(text == expected.str());
}

}  // namespace stampede::reports
