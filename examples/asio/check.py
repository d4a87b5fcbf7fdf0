"""Runs the example and holds what it prints against what must be true of it, on a busy machine as well."""

import re
import subprocess
import sys
import unittest

PROGRAM = sys.argv.pop()
LINE = re.compile(r"^(.+): answered (\d+) of (\d+), tries (\d+), hedges (\d+) \(won (\d+)\), cancelled (\d+), "
                  r"95% within (\d+) ms$", re.MULTILINE)


class Asio(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        run = subprocess.run([PROGRAM], capture_output=True, text=True, timeout=50)
        assert run.returncode == 0, run.stdout + run.stderr
        cls.text = run.stdout
        found = {name: [int(n) for n in numbers] for name, *numbers in LINE.findall(cls.text)}
        cls.patient, cls.hedged = found["without a hedge"], found["with a hedge"]

    def test_every_call_is_answered(self):
        for answered, of, *_ in [self.patient, self.hedged]:
            self.assertEqual(answered, of)

    def test_only_the_hedge_hedges_and_slow_losers_are_cancelled(self):
        self.assertEqual(self.patient[3:6], [0, 0, 0])
        _, _, tries, hedges, won, cancelled, _ = self.hedged
        self.assertGreater(hedges, 10)
        self.assertGreater(won, 5)
        self.assertGreater(cancelled, 5)
        self.assertLessEqual(cancelled, hedges)  # where the first try has failed there is nothing to cancel
        self.assertLess(tries, 2 * self.hedged[1])

    def test_the_hedge_cuts_the_tail(self):
        self.assertGreaterEqual(self.patient[-1], 100)
        self.assertLess(self.hedged[-1], self.patient[-1])

    def test_the_metrics_say_the_same(self):
        self.assertIn(f'stampede_hedges_total{{client="hedged"}} {self.hedged[3]}\n', self.text)
        self.assertIn(f'stampede_hedge_decisions_total{{client="hedged",by="hedge",outcome="success"}} {self.hedged[4]}\n',
                      self.text)
        self.assertIn('stampede_hedges_total{client="patient"} 0\n', self.text)


if __name__ == "__main__":
    unittest.main()
