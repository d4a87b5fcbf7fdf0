#!/usr/bin/python3
"""HERD-1E on Stampede and on baselines, in turn (A B C A B C …), so that what slows the machine slows them all.

Attempts a second of wall time of the run, the start of the process excluded; medians over the rounds, and ratios of
medians. Stampede runs with all its measurements on. The two loops are built with the same options as Stampede.
SimPy takes minutes for one round at 10,000 clients, so it runs in the first rounds only.
"""

import argparse
import json
import pathlib
import platform
import statistics
import sys

import programs

PROGRAMS = {
    "stampede": programs.stampede,
    "lean heap loop": programs.lean_heap_loop,
    "lean lanes loop": programs.lean_lanes_loop,
    "SimPy": programs.simpy,
}


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("out/bench.json"), help=argparse.SUPPRESS)
    parser.add_argument("--clients", type=int, nargs="+", default=[1000, 10000], choices=[1000, 10000])
    parser.add_argument("--rounds", type=int, default=5, help="at least 1; medians of fewer than 5 mean little")
    parser.add_argument("--quick", action="store_true", help="SimPy at 1,000 clients only")
    options = parser.parse_args()
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    return options


def rounds_of(program, clients, options):
    if program != "SimPy":
        return options.rounds
    if clients > 1000:
        return 0 if options.quick else 1
    return min(3, options.rounds)


def measure(clients, options):
    """Rows of every program, one a round; round n runs seed n everywhere."""
    rows = {program: [] for program in PROGRAMS}
    for number in range(1, options.rounds + 1):
        for program, call in PROGRAMS.items():
            if number > rounds_of(program, clients, options):
                continue
            row = call(options.build, clients, number, "E")
            rows[program].append(row)
            print(f"  {clients:,} clients, round {number}: {program:15} {row['attempts_per_s']:>12,.0f} attempts/s",
                  file=sys.stderr, flush=True)
    return {program: found for program, found in rows.items() if found}


def summary(rows, clients):
    speed = statistics.median(row["attempts_per_s"] for row in rows)
    return {
        "rounds": len(rows),
        "attempts_per_s": speed,
        "lowest": min(row["attempts_per_s"] for row in rows),
        "highest": max(row["attempts_per_s"] for row in rows),
        "peak_rss_mib": statistics.median(row["peak_rss_mib"] for row in rows),
        "off_the_reference": programs.off_the_reference(rows, clients, "E", tolerance=0.02),
    }


def print_table(clients, summaries):
    ours = summaries["stampede"]["attempts_per_s"]
    print(f"\nHERD-1E, {clients:,} clients")
    print(f"{'':17}{'rounds':>7}{'attempts/s':>13}{'lowest':>12}{'highest':>12}{'peak MiB':>10}   stampede is")
    for program, s in summaries.items():
        ratio = "" if program == "stampede" else f"{ours / s['attempts_per_s']:.2f} times as fast"
        print(f"{program:17}{s['rounds']:>7}{s['attempts_per_s']:>13,.0f}{s['lowest']:>12,.0f}{s['highest']:>12,.0f}"
              f"{s['peak_rss_mib']:>10.1f}   {ratio}")
        for wrong in s["off_the_reference"]:
            print(f"{'':17}does not run the model: {wrong}")


def main():
    options = arguments()
    report = {"model": "HERD-1E", "machine": platform.machine(), "python": platform.python_version(), "clients": {}}
    for clients in options.clients:
        summaries = {program: summary(rows, clients) for program, rows in measure(clients, options).items()}
        ours = summaries["stampede"]["attempts_per_s"]
        ratios = {p: ours / s["attempts_per_s"] for p, s in summaries.items() if p != "stampede"}
        report["clients"][str(clients)] = {"programs": summaries, "stampede_over": ratios}
        print_table(clients, summaries)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2) + "\n")
    print(f"\nWritten: {options.out}")
    wrong = any(s["off_the_reference"] for c in report["clients"].values() for s in c["programs"].values())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
