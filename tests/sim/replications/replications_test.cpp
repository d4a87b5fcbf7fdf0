#include "sim/replications/replications.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <fstream>

#include "sim/platform/platform.hpp"
#include "tests/sim/support/build.hpp"

using namespace stampede;
using namespace stampede::sim;
using namespace stampede::test;

namespace {

/// A few milliseconds of work.
scenarios::Scenario quick() { return Build().open(10, 10).scenario(); }

/// Minutes of work: nobody waits for it.
scenarios::Scenario endless() { return Build().open(1'000, 1'000).lasting(24h).scenario(); }

std::vector<pid_t> children() {
    std::ifstream list("/proc/thread-self/children");
    std::vector<pid_t> pids;
    for (pid_t pid = 0; list >> pid;) pids.push_back(pid);
    return pids;
}

const Result& result(const Replication& replication) {
    REQUIRE(std::holds_alternative<Result>(replication));
    return std::get<Result>(replication);
}

}  // namespace

TEST_CASE("replications come back in the order of the jobs, whichever ends first and however many run at once") {
    const auto small = quick();
    const auto large = Build().open(200, 10).lasting(60s).scenario();
    const std::vector<PlannedRun> jobs{{&large, 1}, {&small, 2}, {&small, 3}, {&large, 4}, {&small, 5}};
    const auto one_by_one = run_all(jobs, {});
    for (const unsigned parallel : {2U, 3U, 8U}) {
        const auto replications = run_all(jobs, {parallel, {}, {}});
        REQUIRE(replications.size() == jobs.size());
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            CHECK(result(replications[i]).seed == jobs[i].seed);
            CHECK(result(replications[i]).fingerprint == result(one_by_one[i]).fingerprint);
        }
    }
}

TEST_CASE("no jobs, no replications") { CHECK(run_all({}, {}).empty()); }

TEST_CASE("a run whose process is killed is reported as that, and the others stay") {
    const auto small = quick();
    const auto large = endless();
    ReplicationOptions options;
    options.parallel = 3;
    options.on_progress = [](const Progress& progress) {
        if (progress.finished < 2) return;
        for (const pid_t pid : children()) ::kill(pid, SIGKILL);
    };
    const auto replications = run_all({{&small, 1}, {&large, 1}, {&small, 2}}, options);
    CHECK(result(replications[0]).seed == 1);
    CHECK(result(replications[2]).seed == 2);
    REQUIRE(std::holds_alternative<Failure>(replications[1]));
    CHECK(std::get<Failure>(replications[1]).what == "killed by signal 9 (Killed)");
}

TEST_CASE("a run that throws is reported with what it said") {
    const auto small = quick();
    const Platform taken(small);  // the processes inherit it, and SimGrid allows no second one
    const auto replications = run_all({{&small, 1}}, {});
    REQUIRE(std::holds_alternative<Failure>(replications[0]));
    CHECK(std::get<Failure>(replications[0]).what == "SimGrid allows one platform a process");
}

TEST_CASE("an interruption ends what is running, keeps what has finished, and leaves no process behind") {
    const auto small = quick();
    const auto large = endless();
    bool interrupt = false;
    ReplicationOptions options;
    options.parallel = 2;
    options.on_progress = [&](const Progress& progress) { interrupt = progress.finished == 1; };
    options.interrupted = [&] { return interrupt; };
    const auto began = std::chrono::steady_clock::now();
    const auto replications = run_all({{&small, 1}, {&large, 1}, {&large, 2}, {&small, 2}}, options);
    CHECK(std::chrono::steady_clock::now() - began < 10s);
    CHECK(result(replications[0]).seed == 1);
    for (std::size_t i = 1; i < 4; ++i) CHECK(std::holds_alternative<Interrupted>(replications[i]));
    CHECK(children().empty());
}

TEST_CASE("progress counts up to the total, and ends there") {
    const auto small = quick();
    std::size_t finished = 0;
    ReplicationOptions options;
    options.parallel = 2;
    options.on_progress = [&](const Progress& progress) {
        CHECK(progress.total == 4);
        CHECK(progress.finished >= finished);
        finished = progress.finished;
    };
    (void)run_all({{&small, 1}, {&small, 2}, {&small, 3}, {&small, 4}}, options);
    CHECK(finished == 4);
}
