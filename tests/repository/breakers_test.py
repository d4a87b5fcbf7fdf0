"""What the scenarios about breakers are there to show is there."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from tree import ROOT

STAMPEDE = os.environ["STAMPEDE"]


def compare(name, seeds="1..3"):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        subprocess.run(
            [STAMPEDE, "compare", ROOT / "scenarios" / name, "--seeds", seeds, "--quiet", "-o", report],
            check=True, capture_output=True)
        variants = json.loads(report.read_text())["variants"]
    return lambda variant, metric: next(v for v in variants if v["name"] == variant)["metrics"][metric]["mean"]


class Breakers(unittest.TestCase):
    def test_calls_let_go_at_once_open_the_breaker_again(self):
        mean = compare("half-open-stampede.json")
        for crowd in "wait", "pass":
            self.assertGreater(mean(crowd, "service.queue_peak"), 20 * mean("refuse", "service.queue_peak"))
            self.assertGreater(mean(crowd, "breaker.reopen_lag"), 3 * mean("refuse", "breaker.reopen_lag"))
        self.assertGreater(mean("wait", "herd.peak_ratio"), 5 * mean("refuse", "herd.peak_ratio"))
        self.assertLessEqual(mean("refuse-and-ramp", "herd.peak_ratio"), mean("refuse", "herd.peak_ratio"))

    def test_breakers_probe_in_lockstep_unless_their_open_time_is_spread(self):
        mean = compare("lockstep-probing.json")
        self.assertGreater(mean("fixed", "breaker.probe_sync"), 4 * mean("jittered", "breaker.probe_sync"))
        self.assertGreater(mean("growing", "breaker.probe_sync"), 3 * mean("growing-and-jittered", "breaker.probe_sync"))
        self.assertLess(mean("growing", "breaker.transitions"), 0.6 * mean("fixed", "breaker.transitions"))


if __name__ == "__main__":
    unittest.main()
