"""Files beside a scenario: found from anywhere, quoted in reports, and mistakes in them told with their place."""

import json
import unittest

from program import SCENARIO, ProgramTest


class Files(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "cases").mkdir()
        api = SCENARIO["services"]["api"] | {"service_time": {"empirical": {"histogram": {"file": "times.csv"}}}}
        self.scenario("cases/s.json", services={"api": api})
        self.times = self.folder / "cases/times.csv"
        self.times.write_text("value (ms),count\n5,3\n25,1\n")

    def test_a_report_is_complete_without_the_files(self):
        self.stampede("run", "cases/s.json", "--seeds", "2", "-q", "--no-environment", "-o", "a.json")
        report = json.loads((self.folder / "a.json").read_text())
        histogram = report["scenario"]["services"]["api"]["service_time"]["empirical"]["histogram"]
        self.assertEqual(histogram, [{"value": "5ms", "count": 3}, {"value": "25ms", "count": 1}])
        (self.folder / "again.json").write_text(json.dumps(report["scenario"]))
        self.times.unlink()
        self.stampede("run", "again.json", "--seeds", "2", "-q", "--no-environment", "-o", "b.json")
        again = json.loads((self.folder / "b.json").read_text())
        self.assertEqual(report["variants"], again["variants"])

    def test_what_is_missing_or_wrong_is_told_with_its_place(self):
        self.stampede("validate", "cases/s.json")
        self.times.write_text("value (ms),count\n5,3\n25,many\n")
        for command in (["validate", "cases/s.json"], ["run", "cases/s.json"]):
            answer = self.stampede(*command, expected=65)
            self.assertIn('cases/times.csv:3:4: error: expected a whole number, found the text "many"', answer.stderr)
        self.times.unlink()
        for command in (["validate", "cases/s.json"], ["compare", "cases/s.json"]):
            answer = self.stampede(*command, expected=66)
            self.assertRegex(answer.stderr, r'cases/s\.json:1:\d+: error: there is no file "cases/times\.csv"')
        self.times.mkdir()
        self.assertIn("it is no plain file", self.stampede("run", "cases/s.json", expected=74).stderr)


if __name__ == "__main__":
    unittest.main()
