"""Runs the programs of a case in turn (A B C A B C …) on one core, so that what slows the machine slows them all."""

import statistics

import machine
import programs


def in_turn(case, build, full, without, say):
    """Rows of every program, one a round; round n runs seed n everywhere, and on one core."""
    entrants = {name: e for name, e in case.entrants.items() if name not in without}
    rows = {name: [] for name in entrants}
    for number in range(1, max((e.rounds(full) for e in entrants.values()), default=0) + 1):
        with machine.on_the_quietest_core():
            for name, entrant in entrants.items():
                if number > entrant.rounds(full):
                    continue
                row = entrant.call(build, case.clients, number, case.mode)
                rows[name].append(row)
                say(f"{case.title}, round {number}: {name:15} {row['attempts_per_s']:>12,.0f} attempts/s")
    return {name: found for name, found in rows.items() if found}


def median_of(rows, name):
    return statistics.median(row[name] for row in rows)


def summary(case, program, rows):
    speeds = [row["attempts_per_s"] for row in rows]
    found = {
        "rounds": len(rows),
        "attempts_per_s": round(statistics.median(speeds)),
        "lowest": round(min(speeds)),
        "highest": round(max(speeds)),
        "peak_rss_mib": round(median_of(rows, "peak_rss_mib"), 1),
    }
    if program == "stampede":
        found["events_per_attempt"] = round(median_of(rows, "events_per_attempt"), 3)
    if program in case.whole_model:
        found["off_the_reference"] = programs.off_the_reference(rows, case.clients, case.mode, tolerance=0.02)
    return found


def measure(cases, build, full, without, say):
    """By the case's name; those of which this form runs nothing are left out."""
    found = {}
    for case in cases:
        if rows := in_turn(case, build, full, without, say):
            found[case.name] = {"title": case.title,
                                "programs": {p: summary(case, p, r) for p, r in rows.items()}}
    return found
