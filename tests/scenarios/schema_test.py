"""The schema that Stampede writes, judged by an independent validator."""

import importlib.util
import json
import os
import re
import subprocess
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STRING_OR_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)


def without_comments(text):
    return STRING_OR_COMMENT.sub(lambda match: match.group(1) or "", text)


@unittest.skipUnless(importlib.util.find_spec("jsonschema"), "python3-jsonschema is not installed")
class Schema(unittest.TestCase):
    def setUp(self):
        from jsonschema import Draft202012Validator

        run = subprocess.run([os.environ["STAMPEDE"], "schema"], capture_output=True, text=True, check=True)
        schema = json.loads(run.stdout)
        self.assertEqual(schema["$schema"], Draft202012Validator.META_SCHEMA["$id"])
        Draft202012Validator.check_schema(schema)
        self.validator = Draft202012Validator(schema)

    def test_it_accepts_every_scenario_shipped(self):
        shipped = sorted((ROOT / "scenarios").glob("*.json"))
        self.assertGreater(len(shipped), 0)
        for path in shipped:
            with self.subTest(path.name):
                self.validator.validate(json.loads(without_comments(path.read_text())))

    def test_it_rejects_a_slip(self):
        scenario = json.loads(without_comments((ROOT / "scenarios/payments-outage.json").read_text()))
        scenario["run"]["duration"] = 180
        self.assertFalse(self.validator.is_valid(scenario))


if __name__ == "__main__":
    unittest.main()
