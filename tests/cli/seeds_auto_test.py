"""--seeds auto: as many seeds as the means need."""

import json
import shlex
import unittest

from program import ProgramTest


class SeedsAuto(ProgramTest):
    def report(self, *words, verb="run", **changes):
        return json.loads(self.stampede(verb, self.scenario(**changes), "--seeds", "auto", *words, "-q", "-o", "-").stdout)

    def test_it_runs_until_every_interval_is_narrow_enough(self):
        report = self.report("--precision", "4%", "--precision-metrics", "requests.success_rate,latency.p50", verb="compare")
        precision = report["precision"]
        self.assertTrue(precision["reached"])
        self.assertEqual(report["seeds"], list(range(1, len(report["seeds"]) + 1)))
        self.assertEqual([(w["variant"], w["metric"]) for w in precision["widths"]],
                         [(v, m) for v in ("none", "full") for m in ("requests.success_rate", "latency.p50")])
        for width in precision["widths"]:
            metric = {v["name"]: v for v in report["variants"]}[width["variant"]]["metrics"][width["metric"]]
            self.assertEqual(len(metric["per_seed"]), len(report["seeds"]))
            self.assertAlmostEqual(width["relative_half_width"], (metric["hi"] - metric["lo"]) / 2 / metric["mean"])
            self.assertLessEqual(width["relative_half_width"], 0.04)

    def test_more_precision_takes_more_seeds_and_the_cap_ends_it(self):
        few = self.report("--precision", "20%", "--precision-metrics", "requests.success_rate")
        more = self.report("--precision", "0.5%", "--precision-metrics", "requests.success_rate", "--max-seeds", "33")
        self.assertEqual(len(few["seeds"]), 10)
        self.assertEqual((len(more["seeds"]), more["precision"]["reached"]), (33, False))
        answer = self.stampede("run", self.scenario(), "--seeds", "auto", "--precision", "0.5%", "--max-seeds", "12")
        self.assertIn("12 seeds did not reach ±0.5 %", " ".join(answer.stdout.split()))

    def test_the_thresholds_say_what_must_be_known(self):
        report = self.report("--max-seeds", "11", thresholds={"latency.p50": ["> 0s"]})
        self.assertEqual({w["metric"] for w in report["precision"]["widths"]}, {"latency.p50"})
        report = self.report("--max-seeds", "11")
        self.assertEqual({w["metric"] for w in report["precision"]["widths"]},
                         {"herd.peak_ratio", "requests.success_rate", "latency.p99"})

    def test_the_same_seeds_are_run_however_many_run_side_by_side(self):
        words = ["compare", self.scenario(), "--seeds", "auto", "--precision", "0.6%", "--precision-metrics",
                 "requests.success_rate", "--no-environment", "-q", "-o"]
        for name, jobs in [("one.json", "1"), ("three.json", "3")]:
            self.stampede(*words, name, "-j", jobs)
        one = (self.folder / "one.json").read_text()
        self.assertEqual(one, (self.folder / "three.json").read_text())
        self.assertGreater(len(json.loads(one)["seeds"]), 10)
        command = shlex.split(json.loads(one)["command"])
        again = self.stampede(*command[1:], "--no-environment", "-q", "-o", "-").stdout
        self.assertEqual(again, one)
        self.assertEqual(self.stampede("report", "one.json", "-o", "-").stdout, one)

    def test_wrong_words(self):
        for words, message in [(["--precision", "0%"], "--precision"), (["--precision", "2"], "such as 2%"),
                               (["--precision-metrics", "latency.p98"], "did you mean"), (["--max-seeds", "1"], "max-seeds")]:
            answer = self.stampede("run", self.scenario(), "--seeds", "auto", *words, expected=2)
            self.assertIn(message, answer.stderr)


if __name__ == "__main__":
    unittest.main()
