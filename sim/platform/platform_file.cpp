#include "sim/platform/platform_file.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>
#include <simgrid/s4u.hpp>
#include <sstream>
#include <stdexcept>

#include "sim/platform/engine.hpp"
#include "sim/platform/platform_watch.hpp"

namespace stampede::sim {
namespace {

namespace fs = std::filesystem;

/// More changes than this within a run are taken for a mistake in a profile.
constexpr std::size_t most_changes = 100'000;
constexpr std::size_t hosts_shown = 1000;
/// Begins what the child says; all else is SimGrid's.
constexpr char mark = '\x01';

/// The text as a file in a folder of its own, for as long as this lives.
class TextOnDisk {
public:
    explicit TextOnDisk(const scenarios::TextFile& file) {
        std::string folder = (fs::temp_directory_path() / "stampede-XXXXXX").string();
        if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error("cannot write to " + folder);
        folder_ = folder;
        path_ = (folder_ / fs::path(file.file).filename()).string();
        std::ofstream(path_, std::ios::binary) << file.text;
        for (const auto& further : file.further) {
            const fs::path name = fs::path(further.file).lexically_normal();
            if (name.is_absolute() || name.empty() || *name.begin() == "..") continue;  // where the text names it
            fs::create_directories((folder_ / name).parent_path());
            std::ofstream(folder_ / name, std::ios::binary) << further.text;
        }
    }
    TextOnDisk(const TextOnDisk&) = delete;
    TextOnDisk& operator=(const TextOnDisk&) = delete;
    ~TextOnDisk() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    fs::path folder_;
    std::string path_;
};

/// Files that the text names are looked for where it is now, then where it was.
void load_from(const std::string& path, const scenarios::Scenario& scenario) {
    simgrid::s4u::Engine::set_config("path", fs::path(path).parent_path().string());
    const fs::path folder = (fs::path(scenario.folder) / scenario.network.platform->file).parent_path();
    if (!folder.empty()) simgrid::s4u::Engine::set_config("path", folder.string());
    auto* engine = simgrid::s4u::Engine::get_instance();
    engine->load_platform(path);
    engine->seal_platform();
}

// ── In the child ─────────────────────────────────────────────────────────────────────────────────────────────────

class Child {
public:
    Child(std::FILE* out, const scenarios::Scenario& scenario) : out_(out), scenario_(scenario) {}

    void tell(const std::string& path) {
        namespace s4u = simgrid::s4u;
        try {
            s4u::Engine& engine = make_engine();
            load_from(path, scenario_);
            std::size_t shown = 0;
            for (const s4u::Host* host : engine.get_all_hosts())
                if (shown++ < hosts_shown) say("host", host->get_name());
            for (const std::string& zone : scenario_.network.zones) {
                gates_.push_back(s4u::Host::by_name_or_null(zone));
                say("cores", std::to_string(gates_.back() ? gates_.back()->get_core_count() : 0));
            }
            tell_routes();
            if (says("<trace") || says("_file")) tell_changes(engine);
        } catch (const std::exception& error) {
            say("refusal", error.what());
        }
        std::fflush(out_);
    }

private:
    void say(const char* what, std::string text) {
        text.erase(std::min(text.find('\n'), text.size()));
        std::fprintf(out_, "%c%s %s\n", mark, what, text.c_str());
    }
    /// Profiles are traces in the file, or files that it names; one file does not include another (SimGrid 3.18).
    [[nodiscard]] bool says(std::string_view word) const {
        return scenario_.network.platform->text.find(word) != std::string::npos;
    }
    void tell_routes() {
        for (std::size_t from = 0; from < gates_.size(); ++from)
            for (std::size_t to = 0; to < gates_.size(); ++to)
                if (gates_[from] && gates_[to] && !has_route(from, to))
                    say("no_route", std::to_string(from) + ' ' + std::to_string(to));
    }
    [[nodiscard]] bool has_route(std::size_t from, std::size_t to) const {
        std::vector<simgrid::s4u::Link*> links;
        double seconds = 0;
        try {
            gates_[from]->route_to(gates_[to], links, &seconds);
        } catch (const std::exception&) {
            return false;
        }
        return from == to || !links.empty();
    }
    void tell_changes(simgrid::s4u::Engine& engine) {
        const auto note = [this](const simgrid::s4u::Host&) {
            const double now = simgrid::s4u::Engine::get_clock();
            if (now == latest_) return;
            latest_ = now;
            char text[40];
            *std::to_chars(text, text + sizeof text - 1, now).ptr = '\0';
            say("change", text);
            if (++changes_ < most_changes) return;
            say("too_many", "");
            std::fflush(out_);
            _exit(0);
        };
        simgrid::s4u::Host::on_state_change.connect(note);
        simgrid::s4u::Host::on_speed_change.connect(note);
        const double end = to_seconds(scenario_.run.duration);
        constexpr double beyond = 1e-6;  // what is due at a look has happened
        engine.run_until(beyond);        // profiles have their say at the beginning
        PlatformWatch watch(gates_);
        const double step = PlatformWatch::step_s(end);
        for (int looks = 1; says("latency_file") && beyond + looks * step < end; ++looks) {
            engine.run_until(beyond + looks * step);
            watch.look_at_latencies();
        }
        engine.run_until(end);
        for (const PlatformFault& fault : watch.faults(end)) {
            std::ostringstream text;
            text.precision(17);
            text << fault.begin_s << ' ' << fault.end_s << ' ' << fault.kind << ' ' << fault.subject;
            say("fault", text.str());
        }
    }

    std::FILE* out_;
    const scenarios::Scenario& scenario_;
    std::vector<simgrid::s4u::Host*> gates_;
    double latest_ = -1;
    std::size_t changes_ = 0;
};

/// What the child writes, SimGrid's own messages to standard error among it.
std::string ask_child(const std::string& path, const scenarios::Scenario& scenario, bool& has_died) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe for a child process");
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child < 0) throw std::runtime_error("no child process");
    if (child == 0) {
        close(ends[0]);
        dup2(ends[1], STDERR_FILENO);
        alarm(60);
        if (std::FILE* out = fdopen(ends[1], "w")) Child(out, scenario).tell(path);
        _exit(0);
    }
    close(ends[1]);
    std::string said;
    char buffer[4096];
    for (ssize_t n = 0; (n = read(ends[0], buffer, sizeof buffer)) != 0;)
        if (n > 0) said.append(buffer, static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    has_died = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    return said;
}

/// SimGrid's message without its bookkeeping: "[0.0] file.cpp:229: [root/CRITICAL] Cannot open file" …
std::string plain_message(std::string line, const std::string& path, const std::string& name) {
    if (const auto at = line.rfind("/CRITICAL] "); at != std::string::npos) line.erase(0, at + 11);
    if (const auto at = line.find("Parse error at "); at == 0) line.erase(0, 15);
    for (auto at = line.find(path); at != std::string::npos; at = line.find(path)) line.replace(at, path.size(), name);
    return line;
}

void note_line(PlatformReport& report, const std::string& line) {
    std::istringstream words(line);
    std::string what;
    words >> what >> std::ws;
    std::string rest;
    std::getline(words, rest);
    std::istringstream numbers(rest);
    if (what == "refusal") report.refusal = rest;
    if (what == "host") report.hosts.push_back(rest);
    if (what == "too_many") report.has_too_many_changes = true;
    if (what == "cores") {
        report.cores.push_back(std::atoi(rest.c_str()));
        if (report.cores.back() == 0) report.unknown_zones.push_back(report.cores.size() - 1);
    }
    if (what == "change") {
        double date = 0;
        std::from_chars(rest.data(), rest.data() + rest.size(), date);
        report.changes.push_back(date);
    }
    if (what == "fault") {
        PlatformFault fault;
        numbers >> fault.begin_s >> fault.end_s >> fault.kind >> std::ws;
        std::getline(numbers, fault.subject);
        report.faults.push_back(fault);
    }
    if (what == "no_route") {
        std::pair<std::size_t, std::size_t> pair;
        numbers >> pair.first >> pair.second;
        report.without_route.push_back(pair);
    }
}

PlatformReport inspect_anew(const scenarios::Scenario& scenario) {
    const TextOnDisk text(*scenario.network.platform);
    bool has_died = false;
    std::istringstream said(ask_child(text.path(), scenario, has_died));
    PlatformReport report;
    std::string line;
    std::string others;
    while (std::getline(said, line)) {
        if (!line.empty() && line[0] == mark)
            note_line(report, line.substr(1));
        else if (others.empty())
            others = line;
    }
    if (has_died && report.refusal.empty()) report.refusal = others.empty() ? "SimGrid gave up on it" : others;
    report.refusal = plain_message(report.refusal, text.path(), scenario.network.platform->file);
    return report;
}

/// All that a report comes of.
struct Inspected {
    std::string folder;
    scenarios::TextFile platform;
    std::vector<std::string> zones;
    Duration duration;

    friend bool operator==(const Inspected& a, const Inspected& b) {
        const auto same = [](const auto& one, const auto& other) {
            return one.file == other.file && one.text == other.text;
        };
        return a.folder == b.folder && a.zones == b.zones && a.duration == b.duration && same(a.platform, b.platform) &&
               std::equal(a.platform.further.begin(), a.platform.further.end(), b.platform.further.begin(),
                          b.platform.further.end(), same);
    }
};

}  // namespace

void load_platform(const scenarios::Scenario& scenario) {
    const TextOnDisk text(*scenario.network.platform);
    load_from(text.path(), scenario);
}

/// Runs are forked from the process that has checked the scenario: they know what that one was told.
PlatformReport inspect_platform(const scenarios::Scenario& scenario) {
    static std::optional<std::pair<Inspected, PlatformReport>> latest;
    Inspected inspected{scenario.folder, *scenario.network.platform, scenario.network.zones, scenario.run.duration};
    if (!latest || !(latest->first == inspected)) {
        PlatformReport report = inspect_anew(scenario);
        latest.emplace(std::move(inspected), std::move(report));
    }
    return latest->second;
}

}  // namespace stampede::sim
