"""Ctrl-C: what has finished is reported."""

import json
import os
import signal
import subprocess
import time
import unittest

from program import STAMPEDE, ProgramTest


class Interrupt(ProgramTest):
    def interrupted(self, *words, after=2.0, signal_number=signal.SIGINT):
        process = subprocess.Popen([STAMPEDE, "run", self.scenario(), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True, cwd=self.folder, start_new_session=True)
        time.sleep(after)
        os.killpg(process.pid, signal_number)  # as a terminal does: the program and its runs
        begin = time.monotonic()
        stdout, stderr = process.communicate(timeout=30)
        return process.returncode, stdout, stderr, time.monotonic() - begin

    def test_an_interruption_ends_what_runs_and_reports_what_has_finished(self):
        code, stdout, stderr, seconds = self.interrupted("--seeds", "100000", "-j", "2", "-o", "out.json")
        self.assertEqual(code, 130, stderr)
        self.assertLess(seconds, 10)
        self.assertIn("interrupted", stderr)
        self.assertNotIn("killed by signal", stderr)
        report = json.loads((self.folder / "out.json").read_text())
        self.assertTrue(report["interrupted"])
        self.assertEqual(report["variants"][0]["failures"], [])
        finished = len(report["variants"][0]["seeds"])
        self.assertGreater(finished, 0)
        self.assertLess(finished, 100000)
        self.assertIn(f"only {finished} of 100000 seeds", stdout)

    def test_an_interruption_before_anything_has_finished_is_reported_too(self):
        code, _, stderr, _ = self.interrupted("--seeds", "1", "--set", "run.duration=6000s", "--set", "clients.web.count=10000",
                                              "--set", "services.api.workers=400", after=0.7)
        self.assertEqual(code, 130, stderr)

    def test_a_polite_request_to_end_is_the_same(self):
        code, _, stderr, _ = self.interrupted("--seeds", "100000", after=1, signal_number=signal.SIGTERM)
        self.assertEqual(code, 130, stderr)


if __name__ == "__main__":
    unittest.main()
