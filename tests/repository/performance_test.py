"""docs/performance.md says what bench/results.json has recorded, and nothing else."""

import json
import sys
import unittest

from tree import ROOT

sys.path.insert(0, str(ROOT / "bench"))
import record  # noqa: E402: found through the line above
import tables  # noqa: E402
import targets  # noqa: E402


class Performance(unittest.TestCase):
    def setUp(self):
        self.results = json.loads(record.RESULTS.read_text())

    def test_the_document_shows_the_record(self):
        """`./dev bench --write-docs` writes both; `python3 bench/record.py` writes the document from the record."""
        for path, text in record.rendered(self.results).items():
            with self.subTest(path.name):
                self.assertEqual(path.read_text(), text)

    def test_every_table_is_in_the_document(self):
        names = [name for _, name, _ in record.PART.findall(record.DOCUMENT.read_text())]
        self.assertEqual(sorted(names), sorted(["machine", *tables.TABLES]))

    def test_no_program_on_record_ran_another_model(self):
        self.assertEqual(tables.wrong_models(self.results["sections"]), [])

    def test_a_target_is_met_from_its_bound_on(self):
        at_least = targets.Target("", "", 2.0, None, None)
        self.assertTrue(at_least.met(2.0) and not at_least.met(1.99))
        at_most = targets.Target("", "", None, 50, None)
        self.assertTrue(at_most.met(50) and not at_most.met(50.1))

    def test_what_was_not_measured_meets_nothing(self):
        self.assertEqual({verdict for *_, verdict in targets.judged({})}, {"not measured"})

    def test_measurements_of_another_machine_are_dropped_and_of_this_one_kept(self):
        old = {"machine": {"cpu": "a"}, "sections": {"herd": 1, "start-up": 2}}
        new = {"machine": {"cpu": "a"}, "sections": {"herd": 3}}
        self.assertEqual(record.merged(old, new)["sections"], {"herd": 3, "start-up": 2})
        self.assertEqual(record.merged(old, {"machine": {"cpu": "a"}, "before": {"herd": 4}})["sections"], old["sections"])
        self.assertEqual(record.merged(old | {"machine": {"cpu": "b"}}, new)["sections"], {"herd": 3})


if __name__ == "__main__":
    unittest.main()
