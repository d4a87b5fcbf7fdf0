"""A run that a limit stops: what there is of it is reported, every format says so, and the exit code does."""

import json
import unittest

from program import ProgramTest


class Limits(ProgramTest):
    def test_a_run_that_is_stopped_is_told_everywhere(self):
        scenario = self.scenario(clients={"web": {"count": 500, "load": {"open": {"rate": "20/s"}}, "calls": "api", "policy": "web"}})
        words = ["run", scenario, "--seeds", "2", "--set", "run.limits.events=1000", "--no-environment"]
        answer = self.stampede(*words, "-o", "a.json", "-o", "a.html", "-o", "a.md", "--save-baseline", "main", expected=98)
        report = json.loads((self.folder / "a.json").read_text())
        stopped = report["variants"][0]["stopped_by"]
        self.assertEqual([(each["seed"], each["limit"]) for each in stopped], [(1, "events"), (2, "events")])
        self.assertLess(stopped[0]["at_s"], 20)
        self.assertGreater(report["variants"][0]["metrics"]["requests.total"]["mean"], 0)
        sentence = "by run.limits.events; its numbers are of the time until then"
        for name in ("a.html", "a.md"):
            self.assertIn(sentence, (self.folder / name).read_text())
        self.assertIn("seed 2: stopped at", answer.stdout)
        self.assertIn("(run.limits) ended runs before their time", answer.stderr)
        self.assertEqual(list((self.folder / ".stampede/baselines").iterdir()), [])
        self.stampede("report", "a.json", "-o", "b.json")
        self.assertEqual((self.folder / "a.json").read_text(), (self.folder / "b.json").read_text())

    def test_a_run_that_ends_by_itself_says_nothing(self):
        self.stampede("run", self.scenario(), "--seeds", "1", "-o", "a.json")
        self.assertNotIn("stopped_by", (self.folder / "a.json").read_text())


if __name__ == "__main__":
    unittest.main()
