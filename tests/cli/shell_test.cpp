#include "cli/shell.hpp"

#include <catch2/catch.hpp>

using namespace stampede::cli;

TEST_CASE("harmless words stay, all others are quoted so that a shell gives them back") {
    CHECK(shell_word("policies.web.retry.jitter=full") == "policies.web.retry.jitter=full");
    CHECK(shell_word("a b") == "'a b'");
    CHECK(shell_word("") == "''");
    CHECK(shell_word("it's") == R"('it'\''s')");
    CHECK(shell_word("x[1]={\"a\":1}") == "'x[1]={\"a\":1}'");
    CHECK(shell_word("$(rm)") == "'$(rm)'");
}
