"""list, explain and schema: everything that can be named can be listed and explained."""

import json
import re
import unittest

from program import ProgramTest

KINDS = ["policies", "dialects", "presets", "budgets", "pushbacks", "jitters", "backoffs", "faults", "distributions", "loads", "arrivals", "outcomes", "metrics"]


class Describe(ProgramTest):
    def names(self, kind):
        return re.findall(r"(?m)^  (\S+)", self.stampede("list", kind).stdout)

    def test_everything_listed_can_be_explained(self):
        for kind in KINDS:
            names = self.names(kind)
            self.assertGreater(len(names), 1, kind)
            for name in names if kind != "metrics" else names[::10]:
                text = self.stampede("explain", name).stdout
                self.assertIn(f"{name} ({kind})", text)

    def test_without_an_argument_all_kinds_are_listed(self):
        text = self.stampede("list").stdout
        for kind in KINDS:
            self.assertRegex(text, rf"(?m)^{kind}: ")

    def test_a_metric_is_explained_by_definition_and_unit(self):
        text = self.stampede("explain", "herd.peak_ratio").stdout
        self.assertRegex(text, r"definition +highest arrivals")
        self.assertRegex(text, r"unit +ratio, lower is better")

    def test_a_policy_is_explained_by_its_parameters(self):
        text = self.stampede("explain", "retry").stdout
        self.assertRegex(text, r"max_attempts +tries in total")
        self.assertIn("default 6", text)

    def test_a_slip_is_answered_with_a_suggestion(self):
        self.assertIn('did you mean "jitters"?', self.stampede("list", "jiters", expected=2).stderr)
        self.assertIn('did you mean "breaker"?', self.stampede("explain", "braker", expected=2).stderr)
        self.assertEqual(self.stampede("explain", "braker", expected=2).stdout, "")

    def test_the_schema_is_json(self):
        schema = json.loads(self.stampede("schema").stdout)
        self.assertIn("services", schema["properties"])


if __name__ == "__main__":
    unittest.main()
