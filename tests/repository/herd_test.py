"""HERD-1 as the baselines and the simulator run it agrees with an independent implementation (bench/reference.json)."""

import os
import pathlib
import sys
import unittest

from tree import ROOT

sys.path.insert(0, str(ROOT / "bench"))
import programs  # noqa: E402: found through the line above

BUILD = pathlib.Path(os.environ["BUILD"])
SEEDS = range(1, 7)


class Herd(unittest.TestCase):
    def agrees(self, program, mode, seeds=SEEDS):
        rows = [program(BUILD, 1000, seed, mode) for seed in seeds]
        self.assertEqual(programs.off_the_reference(rows, 1000, mode), [])

    def test_lean_heap_loop(self):
        for mode in "EB":
            with self.subTest(mode):
                self.agrees(programs.lean_heap_loop, mode)

    def test_lean_lanes_loop_is_the_same_model_to_the_last_event(self):
        def run(program, mode):
            row = program(BUILD, 1000, 1, mode)
            return {name: row[name] for name in row if name not in ("seconds", "attempts_per_s", "peak_rss_mib")}

        for mode in "EB":
            self.assertEqual(run(programs.lean_heap_loop, mode), run(programs.lean_lanes_loop, mode))

    def test_stampede(self):
        for mode in "EB":
            with self.subTest(mode):
                self.agrees(programs.stampede, mode)

    def test_the_comparison_sees_another_model(self):
        row = programs.lean_heap_loop(BUILD, 1000, 1, "B")
        self.assertNotEqual(programs.off_the_reference([row], 1000, "E"), [])
        self.assertNotEqual(programs.off_the_reference([{"seconds": 1.0}], 1000, "B"), [])


if __name__ == "__main__":
    unittest.main()
