"""What is aimed at, and whether a record of measurements meets it."""

from dataclasses import dataclass
from typing import Callable

from cases import HEAP


@dataclass(frozen=True)
class Target:
    what: str
    unit: str
    at_least: float | None
    at_most: float | None
    value: Callable  # of the sections recorded; KeyError where one is missing

    def bound(self):
        return f"at least {self.at_least:g}{self.unit}" if self.at_least is not None else f"at most {self.at_most:g}{self.unit}"

    def met(self, value):
        return value >= self.at_least if self.at_least is not None else value <= self.at_most


def program(sections, section, case, name="stampede"):
    return sections[section]["cases"][case]["programs"][name]


def ratio(section, case, baseline):
    return lambda s: program(s, section, case)["attempts_per_s"] / program(s, section, case, baseline)["attempts_per_s"]


def per_attempt_at_a_million(sections):
    return (program(sections, "million", "herd-e-10000")["attempts_per_s"]
            / program(sections, "million", "herd-e-1000000")["attempts_per_s"])


TARGETS = [
    *(Target(f"HERD-1E, {n:,} clients, over the lean heap loop", " ×", 2.0, None, ratio("herd", f"herd-e-{n}", HEAP))
      for n in (1_000, 10_000, 100_000)),
    Target("HERD-1E, 10,000 clients, over SimPy", " ×", 130, None, ratio("herd", "herd-e-10000", "SimPy")),
    Target("six layers, 10,000 clients, over the lean heap loop", " ×", 1.5, None,
           ratio("scenarios", "six-layers-10000", HEAP)),
    Target("HERD-1E, 1,000,000 clients, peak memory", " MiB", None, 2048,
           lambda s: program(s, "million", "herd-e-1000000")["peak_rss_mib"]),
    Target("time per attempt at 1,000,000 clients over that at 10,000", " ×", None, 2.5, per_attempt_at_a_million),
    Target("5 variants × 10 seeds, `-j 2` over `-j 1`", " ×", 1.8, None,
           lambda s: s["comparison"]["seconds_j1"] / s["comparison"]["seconds_j2"]),
    Target("SimGrid's share of the time on HERD-1E", " %", None, 10, lambda s: s["simgrid"]["percent"]),
    Target("start-up to first event", " ms", None, 50, lambda s: s["start-up"]["ms"]),
]


def judged(sections):
    """(what, bound, value or nothing, verdict) of every target."""
    rows = []
    for target in TARGETS:
        try:
            value = target.value(sections)
        except KeyError:
            rows.append((target.what, target.bound(), "", "not measured"))
            continue
        shown = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
        rows.append((target.what, target.bound(), shown + target.unit, "met" if target.met(value) else "not met"))
    return rows
