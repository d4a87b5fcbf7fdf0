#!/usr/bin/python3
"""Stampede's speed beside baselines, in turn (A B C A B C …), so that what slows the machine slows them all.

Attempts a second of wall time of the run, the start and the end of the process excluded; medians over the rounds, and
ratios of medians. Programs of a round share the core that is disturbed least. Stampede runs with all its measurements on.
The loops are built with the same options as Stampede.
The quick form, which is what you get unless you say otherwise, takes two minutes; the full one takes half an hour, most
of it a million clients and SimPy's one round of 10,000. A section alone is measured by its name.
"""

import argparse
import datetime
import json
import os
import pathlib
import sys

import machine
import programs
import record
import tables
from sections import SECTIONS, Session


def arguments():
    sections = "\n".join(f"  {name:13}{s.doc}{'' if s.quick else ' (full form)' if s.full else ' (only by its name)'}"
                         for name, s in SECTIONS.items())
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__, epilog=f"sections:\n{sections}",
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("out/bench.json"), help=argparse.SUPPRESS)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help="only these, of the list below")
    parser.add_argument("--full", action="store_true", help="all sizes, more rounds, all baselines")
    parser.add_argument("--write-docs", action="store_true",
                        help="keep what was measured in bench/results.json, and write docs/performance.md's tables")
    parser.add_argument("--before", action="store_true",
                        help="with --write-docs: keep it as what later profiles and counts of instructions are compared with")
    options = parser.parse_args()
    if unknown := [name for name in options.sections if name not in SECTIONS]:
        parser.error(f"there is no section \"{unknown[0]}\"; there are {', '.join(SECTIONS)}")
    return options


def chosen(options):
    if options.sections:
        return options.sections
    return [name for name, s in SECTIONS.items() if (s.full if options.full else s.quick)]


def say(line):
    print(f"  {line}", file=sys.stderr, flush=True)


def measured(options):
    without = programs.missing(options.build)
    for name, why in without.items():
        say(f"without {name}: {why}; `./dev deps bench` installs it")
    session = Session(options.build.resolve(), options.full, without, say)
    about = {"date": datetime.date.today().isoformat(), "commit": machine.commit(record.ROOT)}
    found = {}
    for name in chosen(options):
        load = round(os.getloadavg()[0], 2)  # of others: before the section's own
        found[name] = about | {"load_before": load} | SECTIONS[name].call(session)
    return {"machine": machine.describe(options.build), "sections": found}


def main():
    options = arguments()
    results = measured(options)
    for rows in tables.TABLES.values():
        header, body = rows(results["sections"])
        if body:
            print("\n" + tables.plain(header, body), end="")
    wrong = tables.wrong_models(results["sections"])
    for line in wrong:
        print(line)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    print(f"\nWritten: {options.out}")
    if options.write_docs and not wrong:
        record.keep({"machine": results["machine"], "before" if options.before else "sections": results["sections"]})
        print("Written: bench/results.json, docs/performance.md")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
