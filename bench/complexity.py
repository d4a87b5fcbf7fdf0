"""What an attempt costs as clients, pending events, layers, seeds and bins grow."""

import json
import statistics
import tempfile
import pathlib

import machine
import programs

BACKOFF = {"exponential": {"initial": "100ms", "multiplier": 2, "max": "10s"}}
HERD_STACK = [{"retry": {"max_attempts": 10, "backoff": BACKOFF, "jitter": "full"}}, {"timeout": {"after": "1s"}}]


def herd_like(clients=1_000, rate=1.0, duration=120, stack=(), outage=True):
    """HERD-1E, with what varies."""
    workers = max(1, round(0.025 * clients * rate))
    scenario = {
        "stampede": 1, "name": "complexity", "run": {"duration": f"{duration}s"},
        "services": {"server": {"workers": workers, "queue": {"limit": 10 * workers},
                                "service_time": {"exponential": {"mean": "20ms"}}}},
        "network": {"latency": "5ms"},
        "policies": {"herd": [*stack, *HERD_STACK]},
        "clients": {"herd": {"count": clients, "load": {"open": {"rate": f"{rate:g}/s", "arrivals": "poisson"}},
                             "calls": "server", "policy": "herd"}},
    }
    if outage:
        scenario["faults"] = [{"outage": {"at": "30s", "for": "30s", "on": "server", "mode": "refuse"}}]
    return scenario


def bins(width):
    scenario = herd_like()
    scenario["run"]["bin"] = width
    return scenario


def pending(timers):
    """As many requests a second whatever the number of timers that wait for them: ten thousand."""
    return herd_like(clients=timers, rate=10_000 / timers, duration=20, outage=False)


# By what grows: its sizes, the scenario of one, and how many seeds.
GROWTHS = {
    "clients": ([1_000, 3_000, 10_000, 30_000, 100_000], lambda n: herd_like(clients=n), lambda n: 1),
    "pending events": ([1_000, 10_000, 100_000, 1_000_000], pending, lambda n: 1),
    "layers": ([2, 3, 4, 6, 8], lambda n: herd_like(stack=[{"bulkhead": {"max_concurrent": 100}}] * (n - 2)), lambda n: 1),
    "seeds": ([1, 2, 4, 8, 16], lambda n: herd_like(), lambda n: n),
    "bins": ([120, 1_200, 12_000, 120_000], lambda n: bins(f"{120_000 // n}ms"), lambda n: 1),
}


def nanoseconds(build, scenario, seeds, times):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "complexity.json"
        path.write_text(json.dumps(scenario))
        with machine.on_the_quietest_core():
            return statistics.median(
                1e9 / programs.speed_of(programs.report_of(build, path, seeds=(1, seeds)))["attempts_per_s"]
                for _ in range(times))


def measure(session):
    found = {}
    for what, (sizes, scenario, seeds) in GROWTHS.items():
        found[what] = []
        for size in sizes:
            times = 1 if size >= 30_000 and what == "clients" else 5 if session.full else 3
            found[what].append([size, round(nanoseconds(session.build, scenario(size), seeds(size), times))])
            session.say(f"{what} {size:,}: {found[what][-1][1]} ns an attempt")
    return {"ns_per_attempt": found}
