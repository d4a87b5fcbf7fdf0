"""The programs that run HERD-1: how each is called, and what it answers in common terms."""

import json
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent
REFERENCE = json.loads((HERE / "reference.json").read_text())

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


def stampede(build, clients, seed, mode):
    scenario = HERE / "scenarios" / f"herd-1{mode.lower()}-{clients}.json"
    report = answer_of([build / "stampede", "run", scenario, "--seeds", f"{seed}..{seed}", "-j", 1, "--quiet", "-o", "-"])
    metrics = report["variants"][0]["metrics"]
    counts = {name: metrics[metric]["mean"] for name, metric in IN_REPORT.items()}
    return counts | {name: report["environment"][name] for name in ("seconds", "attempts_per_s", "peak_rss_mib")}


def lean_heap_loop(build, clients, seed, mode):
    return answer_of([build / "lean_heap_loop", clients, seed, mode])


def lean_lanes_loop(build, clients, seed, mode):
    return answer_of([build / "lean_lanes_loop", clients, seed, mode])


def simpy(_build, clients, seed, mode):
    return answer_of(["/usr/bin/python3", HERE / "baseline" / "herd_simpy.py", clients, seed, mode])


def off_the_reference(rows, clients, mode, tolerance=0.005):
    """Names what lies outside the reference's range, widened by the tolerance, in the mean over the rows."""
    wrong = []
    for name, (low, _, high) in REFERENCE[mode][str(clients)].items():
        values = [row[name] for row in rows if name in row]
        if not values:
            continue
        mean = sum(values) / len(values)
        if not low * (1 - tolerance) <= mean <= high * (1 + tolerance):
            wrong.append(f"{name} {mean:.0f}, reference {low} to {high}")
    return wrong
