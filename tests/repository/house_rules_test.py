"""Rules of the house that no compiler checks."""

import re
import shutil
import subprocess
import unittest

from tree import ROOT, documents, sources

LONGEST_FILE = 350  # lines; most have about 100
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
# Differ between standard libraries, so a seed would not mean the same draws everywhere.
UNPORTABLE = re.compile(r"\bstd::(uniform_|normal_|exponential_|poisson_|lognormal_|gamma_)\w*distribution\b")
# A room may include its own headers and those of the rooms to its left.
ORDER = ["policies", "scenarios", "replay", "sim", "reports", "cli"]
INCLUDE = re.compile(r'^#include "(\w+)/', re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def offenders(files, is_wrong):
    return [str(path.relative_to(ROOT)) for path in files if is_wrong(path)]


class HouseRules(unittest.TestCase):
    def test_no_source_is_longer_than_a_reader_can_hold(self):
        long = offenders(sources(".cpp", ".hpp", ".py"), lambda p: len(p.read_text().splitlines()) > LONGEST_FILE)
        self.assertEqual(long, [])

    def test_nothing_is_left_unfinished(self):
        files = [*sources(".cpp", ".hpp", ".py", ".txt", ".json"), *documents(), ROOT / "dev"]
        self.assertEqual(offenders(files, lambda p: UNFINISHED.search(p.read_text())), [])

    def test_every_header_is_included_once(self):
        self.assertEqual(offenders(sources(".hpp"), lambda p: not p.read_text().startswith("#pragma once")), [])

    def test_no_draw_depends_on_the_standard_library(self):
        self.assertEqual(offenders(sources(".cpp", ".hpp"), lambda p: UNPORTABLE.search(p.read_text())), [])

    def test_no_room_knows_a_room_above_it(self):
        wrong = []
        for height, room in enumerate(ORDER):
            above = set(ORDER[height + 1:])
            wrong += offenders(
                [p for p in sources(".cpp", ".hpp") if p.is_relative_to(ROOT / room)],
                lambda p, above=above: above & set(INCLUDE.findall(p.read_text())))
        self.assertEqual(wrong, [])

    def test_links_in_documents_lead_somewhere(self):
        broken = []
        for document in documents():
            for target in LINK.findall(document.read_text()):
                if "://" not in target and not (document.parent / target).exists():
                    broken.append(f"{document.relative_to(ROOT)}: {target}")
        self.assertEqual(broken, [])

    @unittest.skipUnless(shutil.which("shellcheck"), "shellcheck is not installed")
    def test_scripts_are_clean_to_shellcheck(self):
        check = subprocess.run(["shellcheck", "dev", ".ci/run"], cwd=ROOT, capture_output=True, text=True)
        self.assertEqual(check.stdout, "")


if __name__ == "__main__":
    unittest.main()
