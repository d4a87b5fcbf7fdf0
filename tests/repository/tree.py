"""Where the tree is, and which of its files are ours."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROOMS = ["policies", "scenarios", "sim", "reports", "cli", "tests", "bench"]


def sources(*suffixes):
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in suffixes)


def documents():
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
