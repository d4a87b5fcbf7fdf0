"""The scenarios that are shipped are valid, say what to look for, and run; so do all their variants."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from tree import ROOT

STAMPEDE = os.environ["STAMPEDE"]
SHIPPED = sorted((ROOT / "scenarios").glob("*.json"))
BENCHMARKS = sorted((ROOT / "bench/scenarios").glob("*.json"))


class Scenarios(unittest.TestCase):
    def stampede(self, *words):
        run = subprocess.run([STAMPEDE, *map(str, words)], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def test_there_are_scenarios(self):
        self.assertGreaterEqual(len(SHIPPED), 4)
        self.assertGreaterEqual(len(BENCHMARKS), 9)

    def test_all_are_valid(self):
        self.stampede("validate", *SHIPPED, *BENCHMARKS)

    def test_every_variant_runs_and_differs_from_no_other_in_name_only(self):
        for scenario in SHIPPED:
            with self.subTest(scenario.name), tempfile.TemporaryDirectory() as folder:
                report = pathlib.Path(folder) / "report.json"
                self.stampede("compare", scenario, "--seeds", "1..1", "--quiet", "-o", report)
                variants = json.loads(report.read_text())["variants"]
                self.assertGreaterEqual(len(variants), 2)
                measured = {json.dumps(v["metrics"], sort_keys=True) for v in variants}
                self.assertEqual(len(measured), len(variants), "two variants measure the same in everything")

    def test_each_says_what_to_look_for(self):
        for scenario in SHIPPED:
            with self.subTest(scenario.name):
                self.assertRegex(scenario.read_text(), r'"description": ".{60,}"')


if __name__ == "__main__":
    unittest.main()
