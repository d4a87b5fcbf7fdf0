"""Runs the example and holds what it prints against what must be true of it."""

import re
import shutil
import subprocess
import sys
import unittest

PROGRAM = sys.argv.pop()
OPEN_TIME = 4


class Http(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        run = subprocess.run([PROGRAM], capture_output=True, text=True, timeout=50)
        assert run.returncode == 0, run.stdout + run.stderr
        cls.text = run.stdout
        cls.page = cls.text[cls.text.index("# HELP"):]

    def numbers(self, pattern):
        return [float(n) for n in re.search(pattern, self.text).groups()]

    def metric(self, name):
        return float(re.search(rf"^{re.escape(name)} (\S+)$", self.page, re.MULTILINE).group(1))

    def test_every_request_ends_in_a_value_a_fallback_or_a_classified_error(self):
        requests, *ends = self.numbers(r"requests (\d+): values (\d+), fallbacks (\d+), classified errors (\d+)")
        self.assertEqual(requests, sum(ends))
        self.assertTrue(all(n > 0 for n in ends), ends)
        names = ["success", "fallback", "client_error"]
        self.assertEqual(ends, [self.metric(f'stampede_calls_total{{outcome="{name}"}}') for name in names])
        self.assertEqual(requests, self.metric("stampede_calls_started_total"))

    def test_the_breaker_opens_tries_and_closes(self):
        moves = re.findall(r"^transition (\w+ -> \w+) ", self.text, re.MULTILINE)
        self.assertEqual(moves, ["closed -> open", "open -> half_open", "half_open -> closed"])

    def test_it_recovers_within_a_second_of_its_open_time(self):
        _, rate, recovery = self.numbers(r"last (\d+) outcomes (\S+), recovery time (\S+) s")
        self.assertGreaterEqual(recovery, OPEN_TIME)
        self.assertLessEqual(recovery, OPEN_TIME + 1)
        self.assertLess(rate, 0.2)
        self.assertEqual(self.metric('stampede_breaker_recovery_seconds_count{breaker="0"}'), 1)

    def test_retries_and_their_waits_are_counted(self):
        self.assertGreater(self.metric("stampede_retries_total"), 0)
        self.assertGreater(self.metric("stampede_backoff_seconds_total"), 0)
        self.assertGreater(self.metric('stampede_call_attempts_bucket{le="0"}'), 0, "the breaker refused nothing")
        self.assertGreater(self.metric('stampede_attempts_total{attempt="1",outcome="success"}'), 0)
        self.assertEqual(self.metric("stampede_call_duration_seconds_count"), self.metric("stampede_calls_started_total"))

    @unittest.skipUnless(shutil.which("promtool"), "promtool (Debian: prometheus) is not installed")
    def test_promtool_accepts_the_metrics(self):
        check = subprocess.run(["promtool", "check", "metrics"], input=self.page, capture_output=True, text=True)
        self.assertEqual((check.returncode, check.stdout + check.stderr), (0, ""))
        self.assertTrue(self.page.endswith("# EOF\n"))


if __name__ == "__main__":
    unittest.main()
