"""What is measured side by side: cases, the programs of each, and how many rounds each runs."""

from dataclasses import dataclass, field, replace
from typing import Callable

import programs

HEAP, LANES = "lean heap loop", "lean lanes loop"


@dataclass(frozen=True)
class Entrant:
    call: Callable
    quick: int  # rounds
    full: int

    def rounds(self, full):
        return self.full if full else self.quick


@dataclass(frozen=True)
class Case:
    name: str
    title: str
    clients: int
    mode: str
    entrants: dict  # by the program's name
    whole_model: tuple = field(default=())  # those that claim to run HERD-1, and are held to its reference


def herd(mode, clients, **rounds):
    """HERD-1; rounds of each program: quick, full."""
    calls = {"stampede": programs.stampede, HEAP: programs.lean_heap_loop, LANES: programs.lean_lanes_loop,
             "ns-3": programs.ns3, "SimPy": programs.simpy}
    names = {"stampede": "stampede", "heap": HEAP, "lanes": LANES, "ns3": "ns-3", "simpy": "SimPy"}
    entrants = {names[key]: Entrant(calls[names[key]], *count) for key, count in rounds.items()}
    return Case(f"herd-{mode.lower()}-{clients}", f"HERD-1{mode}, {clients:,} clients", clients, mode, entrants,
                tuple(entrants))


def beside_the_heap(name, title):
    """A scenario beside the lean heap loop, which runs HERD-1E of as many clients."""
    entrants = {"stampede": Entrant(programs.scenario(f"{name}.json"), 2, 5), HEAP: Entrant(programs.lean_heap_loop, 2, 5)}
    return Case(name, title, 10_000, "E", entrants, (HEAP,))


HERD = [
    herd("E", 1_000, stampede=(5, 9), heap=(5, 9), lanes=(5, 9), ns3=(1, 5), simpy=(1, 3)),
    herd("E", 10_000, stampede=(3, 5), heap=(3, 5), lanes=(3, 5), ns3=(0, 2), simpy=(0, 1)),
    herd("E", 100_000, stampede=(0, 3), heap=(0, 2), lanes=(0, 2)),
    herd("B", 1_000, stampede=(3, 5), heap=(3, 5), lanes=(3, 5), ns3=(0, 3), simpy=(0, 1)),
    herd("B", 10_000, stampede=(1, 3), heap=(1, 3), lanes=(1, 3)),
    herd("B", 100_000, stampede=(0, 1), heap=(0, 1), lanes=(0, 1)),
]
MILLION = [
    # What a million is compared with, in the same session.
    replace(herd("E", 10_000, stampede=(0, 5)), title="HERD-1E, 10,000 clients, before the million"),
    herd("E", 1_000_000, stampede=(0, 1), lanes=(0, 1)),
    herd("B", 1_000_000, stampede=(0, 1)),
]
SCENARIOS = [
    beside_the_heap("six-layers-10000", "HERD-1E, 10,000 clients, six layers"),
    beside_the_heap("breaker-fleet-10000", "HERD-1E, 10,000 clients, a breaker each"),
    beside_the_heap("three-tier-10000", "three tiers, 10,000 clients"),
]
