"""The scenarios that are shipped are valid, say what to look for, and run; so do all their variants, each along the
trajectory that is on record: golden/scenarios.json holds the fingerprint over all events of seed 1, and the numbers that
come of it. STAMPEDE_UPDATE_GOLDEN=1 writes it anew; whoever commits that says why the trajectories changed."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from tree import ROOT

STAMPEDE = os.environ["STAMPEDE"]
SHIPPED = sorted((ROOT / "scenarios").glob("*.json"))
GOLDEN = ROOT / "tests/repository/golden/scenarios.json"
ON_RECORD = [
    "requests.total",
    "requests.succeeded",
    "attempts.total",
    "latency.p99",
    "retry.amplification",
    "herd.peak_ratio",
    "recovery.time",
    "service.utilisation",
]
BENCHMARKS = sorted((ROOT / "bench/scenarios").glob("*.json"))


def recorded(variant):
    values = {name: variant["metrics"][name]["per_seed"][0] for name in ON_RECORD if name in variant["metrics"]}
    return {"fingerprint": variant["fingerprints"][0]} | values


class Scenarios(unittest.TestCase):
    def stampede(self, *words):
        run = subprocess.run([STAMPEDE, *map(str, words)], capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, run.stderr)
        return run.stdout

    def test_there_are_scenarios(self):
        self.assertGreaterEqual(len(SHIPPED), 15)
        self.assertGreaterEqual(len(BENCHMARKS), 9)

    def test_all_are_valid(self):
        self.stampede("validate", *SHIPPED, *BENCHMARKS)

    def variants_of(self, scenario):
        """As the report has them, of seed 1 alone."""
        with tempfile.TemporaryDirectory() as folder:
            report = pathlib.Path(folder) / "report.json"
            verb = "compare" if '"variants"' in scenario.read_text() else "run"
            self.stampede(verb, scenario, "--seeds", "1..1", "--quiet", "-o", report)
            return json.loads(report.read_text())["variants"]

    def test_every_variant_runs_as_it_is_on_record_and_differs_from_the_others(self):
        measured = {scenario.stem: self.variants_of(scenario) for scenario in SHIPPED}
        for scenario, variants in measured.items():
            with self.subTest(scenario):
                different = {json.dumps(v["metrics"], sort_keys=True) for v in variants}
                self.assertEqual(len(different), len(variants), "two variants measure the same in everything")
        found = {name: {v["name"]: recorded(v) for v in variants} for name, variants in measured.items()}
        if os.environ.get("STAMPEDE_UPDATE_GOLDEN"):
            GOLDEN.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
        golden = json.loads(GOLDEN.read_text())
        for name in golden | found:
            with self.subTest(name):
                self.assertEqual(found.get(name), golden.get(name))

    def test_each_says_what_to_look_for(self):
        for scenario in SHIPPED:
            with self.subTest(scenario.name):
                self.assertRegex(scenario.read_text(), r'"description": ".{60,}"')


if __name__ == "__main__":
    unittest.main()
