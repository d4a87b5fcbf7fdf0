#!/usr/bin/python3
"""HERD-1 in SimPy as its users write it: a process for each client, request and message; a Resource; the first of two
events. `herd_simpy.py CLIENTS SEED E|B` prints one line of JSON. The model is described in herd_model.hpp.
"""

import json
import math
import random
import resource
import sys
import time
from dataclasses import asdict, dataclass, field

import simpy

HORIZON = 120.0
OUTAGE = (30.0, 60.0)
NETWORK = 0.005
PATIENCE = 1.0
SERVICE_RATE = 50.0
BASE_DELAY, LONGEST_DELAY = 0.1, 10.0
MAX_ATTEMPTS = 10


@dataclass
class Counts:
    requests: int = 0
    attempts: int = 0
    ok: int = 0
    failed: int = 0
    err_outage: int = 0
    err_full: int = 0
    timeouts: int = 0
    late: int = 0
    max_queue: int = 0
    attempts_in_second: list = field(default_factory=lambda: [0] * (int(HORIZON) + 1))
    latencies: list = field(default_factory=list)


class Herd:
    def __init__(self, clients, seed, blackhole):
        self.random = random.Random(seed)
        self.blackhole = blackhole
        self.env = simpy.Environment()
        self.workers = math.ceil(0.025 * clients)
        self.server = simpy.Resource(self.env, capacity=self.workers)
        self.counts = Counts()
        for _ in range(clients):
            self.env.process(self.client())

    def run(self):
        self.env.run(until=HORIZON)
        return self.counts

    def client(self):
        while True:
            yield self.env.timeout(self.random.expovariate(1.0))
            self.counts.requests += 1
            self.env.process(self.request())

    def request(self):
        counts, env = self.counts, self.env
        begun = env.now
        for attempt in range(1, MAX_ATTEMPTS + 1):
            counts.attempts += 1
            counts.attempts_in_second[int(env.now)] += 1
            answer = env.event()
            env.process(self.message(answer))
            yield answer | env.timeout(PATIENCE)
            if not answer.triggered:
                counts.timeouts += 1
                answer.succeed(False)  # so that what comes later finds nobody waiting
            elif answer.value:
                counts.ok += 1
                counts.latencies.append(env.now - begun)
                return
            if attempt < MAX_ATTEMPTS:
                nominal = min(LONGEST_DELAY, BASE_DELAY * 2 ** (attempt - 1))
                yield env.timeout(self.random.random() * nominal)
        counts.failed += 1

    def message(self, answer):
        """One attempt on its way to the server and back."""
        counts, env = self.counts, self.env
        yield env.timeout(NETWORK)
        good = False
        if OUTAGE[0] <= env.now < OUTAGE[1]:
            counts.err_outage += 1
            if self.blackhole:
                return
        elif self.server.count >= self.workers and len(self.server.queue) >= 10 * self.workers:
            counts.err_full += 1
        else:
            with self.server.request() as worker:
                counts.max_queue = max(counts.max_queue, len(self.server.queue))
                yield worker
                yield env.timeout(self.random.expovariate(SERVICE_RATE))
            good = True
        yield env.timeout(NETWORK)
        if answer.triggered:
            counts.late += 1
        else:
            answer.succeed(good)


def quantile_ms(latencies, share):
    return int(1000 * sorted(latencies)[max(0, math.ceil(share * len(latencies)) - 1)]) if latencies else None


def main():
    if len(sys.argv) != 4 or sys.argv[3] not in ("E", "B"):
        sys.exit(f"usage: {sys.argv[0]} CLIENTS SEED E|B")
    begin = time.perf_counter()
    counts = Herd(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "B").run()
    seconds = time.perf_counter() - begin
    report = asdict(counts)
    latencies = report.pop("latencies")
    report["peak_attempts_per_s"] = max(report.pop("attempts_in_second"))
    report["p50_ms"] = quantile_ms(latencies, 0.50)
    report["p99_ms"] = quantile_ms(latencies, 0.99)
    report["seconds"] = round(seconds, 4)
    report["attempts_per_s"] = round(counts.attempts / seconds)
    report["peak_rss_mib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
