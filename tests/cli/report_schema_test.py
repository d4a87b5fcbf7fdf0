"""The schema of reports, and every kind of report that can be written, judged by an independent validator."""

import json
import os
import pathlib
import subprocess
import unittest

from program import ProgramTest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMITS = {"herd.peak_ratio": ["< 1"], "recovery.time": ["p95 < 20s"], "breaker.reopen_lag": ["< 1s"]}


class ReportSchema(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "schema.json").write_text(self.stampede("schema", "--report").stdout)

    def judge(self, *names):
        return subprocess.run([os.environ["VALIDATE_JSON"], "schema.json", *names], cwd=self.folder, capture_output=True,
                              text=True, timeout=60)

    def assert_valid(self, *names):
        answer = self.judge(*names)
        self.assertEqual(answer.returncode, 0, answer.stderr)

    def write(self, name, *words, expected=0):
        self.stampede(*words, "-q", "-o", name, expected=expected)
        return name

    def test_every_kind_of_report_is_valid(self):
        file = self.scenario(thresholds=LIMITS)
        bare = self.scenario("bare.json", policies={"web": []}, faults=[])
        self.assert_valid(
            self.write("single.json", "run", file, expected=99),
            self.write("one-seed.json", "run", file, "--seeds", "1", expected=99),
            self.write("compare.json", "compare", file, "--no-environment", expected=99),
            self.write("compare-one-seed.json", "compare", file, "--seeds", "7..7", expected=99),
            self.write("vary.json", "compare", file, "--vary", "policies.web.retry.max_attempts=1,3", expected=99),
            self.write("bare-run.json", "run", bare),
            self.write("auto.json", "run", bare, "--seeds", "auto", "--max-seeds", "12"),
            self.write("again.json", "report", "compare.json"),
        )

    def test_every_scenario_shipped_makes_a_valid_report(self):
        for path in sorted((ROOT / "scenarios").glob("*.json")):
            self.assert_valid(self.write("r.json", "run", str(path), "--seeds", "2"))

    def test_what_is_no_report_is_not_valid(self):
        self.write("r.json", "run", self.scenario())
        report = json.loads((self.folder / "r.json").read_text())
        for change in [{"stampede": 2}, {"variants": []}, {"seeds": "3"}, {"surprise": 1}, {"scenario": None}]:
            (self.folder / "bad.json").write_text(json.dumps(report | change))
            self.assertEqual(self.judge("bad.json").returncode, 1, change)
        report["variants"][0]["metrics"]["herd.peak_ratio"]["mean"] = "often"
        (self.folder / "bad.json").write_text(json.dumps(report))
        self.assertEqual(self.judge("bad.json").returncode, 1)


if __name__ == "__main__":
    unittest.main()
