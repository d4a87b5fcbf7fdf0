#include "cli/output.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/exit.hpp"

using namespace stampede::cli;
namespace fs = std::filesystem;

namespace {

/// A folder of this test's own.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "stampede-output-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()));
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { fs::remove_all(path_); }
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator{}));
    }

private:
    fs::path path_;
};

std::string contents(const std::string& path) {
    std::ifstream in(path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

}  // namespace

TEST_CASE("a file is written, replaced, and nothing is left beside it") {
    const Folder folder;
    write_file(folder / "a.json", "one");
    write_file(folder / "a.json", "two");
    CHECK(contents(folder / "a.json") == "two");
    CHECK(folder.files() == 1);
}

TEST_CASE("a new file has the usual mode, a replaced one keeps its own") {
    const Folder folder;
    const mode_t mask = ::umask(022);
    write_file(folder / "new", "x");
    ::umask(mask);
    struct stat status {};
    REQUIRE(::stat((folder / "new").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0644U);
    ::chmod((folder / "new").c_str(), 0600);
    write_file(folder / "new", "y");
    REQUIRE(::stat((folder / "new").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
}

TEST_CASE("a link stays a link") {
    const Folder folder;
    write_file(folder / "target", "old");
    fs::create_symlink("target", folder / "link");
    write_file(folder / "link", "new");
    CHECK(fs::is_symlink(folder / "link"));
    CHECK(contents(folder / "target") == "new");
}

TEST_CASE("what cannot be written is an error and leaves what was there") {
    const Folder folder;
    for (const std::string& path : {folder / "no/such/folder.json", folder / "", std::string("/dev/full")}) {
        INFO(path);
        CHECK_THROWS_AS(write_file(path, "text"), Stop);
    }
    CHECK(folder.files() == 0);
    CHECK_THROWS_AS(check_writable(folder / "no/such/folder.json"), Stop);
    CHECK_THROWS_AS(check_writable(folder / ""), Stop);
    CHECK_NOTHROW(check_writable(folder / "new.json"));
    CHECK(folder.files() == 0);
}

TEST_CASE("a device is written to, not replaced") {
    write_file("/dev/null", "text");
    CHECK(fs::is_character_file("/dev/null"));
}
