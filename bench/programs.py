"""The programs that run HERD-1: how each is called, and what it answers in common terms."""

import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent
REFERENCE = json.loads((HERE / "reference.json").read_text())
# Debian's own Python, for which the package installs SimPy; another one may come first in the path.
PYTHON = "/usr/bin/python3"

# What the reference counts, by its name in Stampede's report.
IN_REPORT = {
    "requests": "requests.total",
    "attempts": "attempts.total",
    "ok": "requests.succeeded",
    "failed": "requests.failed",
    "err_full": "attempts.rejected_full",
    "peak_attempts_per_s": "arrivals.peak_per_s",
}


def answer_of(command):
    run = subprocess.run([str(word) for word in command], check=True, stdout=subprocess.PIPE)
    return json.loads(run.stdout)


def report_of(build, scenario, *options, seeds=(1, 1), verb="run", jobs=1):
    first, last = seeds
    return answer_of([build / "stampede", verb, scenario, "--seeds", f"{first}..{last}", "-j", jobs, "--quiet",
                      *options, "-o", "-"])


def speed_of(report):
    """Of a report's runs: what they took, without the starts and ends of their processes, and what they did."""
    environment = report["environment"]
    seconds = environment["run_seconds"]
    return {"seconds": seconds, "attempts_per_s": environment["attempts_per_s"] * environment["seconds"] / seconds,
            "peak_rss_mib": environment["peak_rss_mib"],
            "events_per_attempt": environment["events_per_s"] / environment["attempts_per_s"]}


def scenario(name):
    """A program that runs that scenario of ours; what the model's baselines are told is nothing to it."""
    path = HERE / "scenarios" / name
    return lambda build, _clients, seed, _mode: speed_of(report_of(build, path, seeds=(seed, seed)))


def stampede(build, clients, seed, mode):
    path = HERE / "scenarios" / f"herd-1{mode.lower()}-{clients}.json"
    report = report_of(build, path, seeds=(seed, seed))
    metrics = report["variants"][0]["metrics"]
    return {name: metrics[metric]["mean"] for name, metric in IN_REPORT.items()} | speed_of(report)


def lean_heap_loop(build, clients, seed, mode):
    return answer_of([build / "lean_heap_loop", clients, seed, mode])


def lean_lanes_loop(build, clients, seed, mode):
    return answer_of([build / "lean_lanes_loop", clients, seed, mode])


def simpy(_build, clients, seed, mode):
    return answer_of([PYTHON, HERE / "baseline" / "herd_simpy.py", clients, seed, mode])


def ns3(build, clients, seed, mode):
    return answer_of([build / "herd_ns3", clients, seed, mode])


def missing(build):
    """Baselines that cannot run here, and why."""
    found = {}
    if subprocess.run([PYTHON, "-c", "import simpy"], capture_output=True).returncode != 0:
        found["SimPy"] = "python3-simpy3 is not installed"
    if not (build / "herd_ns3").exists():
        found["ns-3"] = "it was not built, for want of libns3-dev"
    return found


def reference_for(clients, mode):
    """The reference's ranges. Workers and queue grow with the clients, so that counts do: beyond what the reference has
    run, its largest is scaled."""
    ranges = REFERENCE[mode]
    measured = clients if str(clients) in ranges else max(map(int, ranges))
    factor = clients / measured
    return {name: (low * factor, high * factor) for name, (low, _, high) in ranges[str(measured)].items()}


def off_the_reference(rows, clients, mode, tolerance=0.005):
    """Names what lies outside the reference's range, widened by the tolerance, in the mean over the rows. A program need
    not report every count, but some."""
    wrong = []
    if not any(name in row for row in rows for name in reference_for(clients, mode)):
        wrong.append("no count that the reference has")
    for name, (low, high) in reference_for(clients, mode).items():
        values = [row[name] for row in rows if name in row]
        if not values:
            continue
        mean = sum(values) / len(values)
        if not low * (1 - tolerance) <= mean <= high * (1 + tolerance):
            wrong.append(f"{name} {mean:.0f}, reference {low:.0f} to {high:.0f}")
    return wrong
