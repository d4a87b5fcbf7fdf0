"""The sections of the benchmark: what each measures, in which form it belongs, and the call that does it."""

import statistics
import time
from dataclasses import dataclass
from typing import Callable

import cases
import complexity
import profiling
import programs
import rounds


@dataclass(frozen=True)
class Session:
    build: object
    full: bool
    without: dict  # baselines that cannot run here, and why
    say: Callable


@dataclass(frozen=True)
class Section:
    doc: str
    quick: bool  # belongs to the quick form
    full: bool
    call: Callable


def cases_of(chosen):
    return lambda s: {"cases": rounds.measure(chosen, s.build, s.full, s.without, s.say)}


def wall_seconds(call):
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def comparison(session):
    """Wall seconds of the whole command, with one process and with two, in turn."""
    path = programs.HERE / "scenarios/five-jitters-1000.json"
    seconds = {1: [], 2: []}
    for number in range(3 if session.full else 1):
        for jobs, taken in seconds.items():
            taken.append(wall_seconds(lambda jobs=jobs: programs.report_of(
                session.build, path, seeds=(1, 10), verb="compare", jobs=jobs)))
            session.say(f"5 variants × 10 seeds, round {number + 1}: -j {jobs} {taken[-1]:.2f} s")
    return {"rounds": len(seconds[1])} | {f"seconds_j{j}": round(statistics.median(t), 3) for j, t in seconds.items()}


def start_up(session):
    """Wall time of a whole command whose run has next to nothing to do: an upper bound of what comes before the first
    event."""
    path = programs.HERE / "scenarios/one-second.json"
    taken = [wall_seconds(lambda: programs.report_of(session.build, path)) for _ in range(40 if session.full else 15)]
    session.say(f"start-up: {1000 * statistics.median(taken):.1f} ms")
    return {"rounds": len(taken), "ms": round(1000 * statistics.median(taken), 1),
            "highest_ms": round(1000 * max(taken), 1)}


def hold(session):
    """Nanoseconds a hold of the agenda and of two heaps."""
    rows = programs.answer_of([session.build / "bench_hold", 500_000 if session.full else 50_000])
    for row in rows:
        session.say(f"{row['delays']:11} {row['pending']:>9,} pending: agenda {row['agenda_ns']:.0f} ns")
    return {"rows": rows}


SECTIONS = {
    "herd": Section("HERD-1 E and B beside the baselines, up to 100,000 clients", True, True, cases_of(cases.HERD)),
    "million": Section("HERD-1 E and B of 1,000,000 clients", False, True, cases_of(cases.MILLION)),
    "scenarios": Section("six layers, a breaker fleet, three tiers", True, True, cases_of(cases.SCENARIOS)),
    "comparison": Section("5 variants × 10 seeds in one process and in two", True, True, comparison),
    "start-up": Section("from the command to its first event", True, True, start_up),
    "hold": Section("the agenda beside two heaps: ns a hold, by delays and pending events", False, True, hold),
    "complexity": Section("ns an attempt as clients, pending events, layers, seeds, bins grow", False, True,
                          complexity.measure),
    "simgrid": Section("SimGrid's share of the time of HERD-1E, by perf", True, True, profiling.simgrid),
    "profile": Section("the ten functions of HERD-1E that take most time, by perf", False, True, profiling.profile),
    "instructions": Section("instructions an attempt of HERD-1E, by callgrind", False, True, profiling.instructions),
}
