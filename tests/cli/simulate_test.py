"""run and compare from a file to a report."""

import json
import os
import pathlib
import pty
import re
import signal
import subprocess
import time
import unittest

from program import STAMPEDE, ProgramTest


class Simulate(ProgramTest):
    def report(self, *words, expected=0):
        return json.loads(self.stampede(*words, "-o", "-", "-q", expected=expected).stdout)

    def test_results_go_to_standard_output_and_nothing_else_does(self):
        answer = self.stampede("compare", self.scenario())
        self.assertEqual(answer.stderr, "")
        for word in ["small outage", "none", "full", "herd.peak_ratio", "Arrivals over time", "Verdict"]:
            self.assertIn(word, answer.stdout)
        self.assertNotIn("\x1b", answer.stdout)

    def test_the_table_has_the_metrics_that_are_asked_for(self):
        words = ["compare", self.scenario(), "--seeds", "2", "--metrics"]
        table = self.stampede(*words, "recovery.time,attempts.total").stdout.split("Arrivals over time")[0]
        rows = [line.split()[0] for line in table.splitlines() if line.startswith("  ") and "." in line.split()[0]]
        self.assertEqual(rows, ["recovery.time", "attempts.total"])
        answer = self.stampede(*words, "recovery.tme", expected=2)
        self.assertIn('did you mean "recovery.time"', answer.stderr)

    def test_a_wide_table_has_all_variants_side_by_side(self):
        words = ["compare", self.scenario(), "--seeds", "2", "--jitter", "none,full,equal,decorrelated"]
        names = ["none", "full", "equal", "decorrelated"]
        for wide in [[], ["--wide"]]:
            lines = self.stampede(*words, *wide).stdout.splitlines()
            self.assertEqual(names in [line.split() for line in lines], bool(wide))

    def test_json_takes_standard_output_and_tables_move(self):
        answer = self.stampede("run", self.scenario(), "-o", "-")
        self.assertEqual(json.loads(answer.stdout)["stampede"], 1)
        self.assertIn("herd.peak_ratio", answer.stderr)
        self.assertEqual(self.stampede("run", self.scenario(), "-o", "-", "--quiet").stderr, "")

    def test_several_outputs_hold_the_same(self):
        answer = self.stampede("run", self.scenario(), "-o", "a.json", "-o", "b.json", "--no-environment")
        self.assertIn("small outage", answer.stdout)
        self.assertEqual((self.folder / "a.json").read_bytes(), (self.folder / "b.json").read_bytes())
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["a.json", "b.json", "small.json"])

    def test_the_same_command_gives_the_same_bytes_whatever_runs_side_by_side(self):
        words = ["compare", self.scenario(), "--no-environment", "-q", "-o"]
        for name, jobs in [("one.json", "1"), ("two.json", "2"), ("again.json", "2")]:
            self.stampede(*words, name, "-j", jobs)
        one = (self.folder / "one.json").read_bytes()
        self.assertEqual(one, (self.folder / "two.json").read_bytes())
        self.assertEqual(one, (self.folder / "again.json").read_bytes())

    def test_a_report_has_what_it_promises(self):
        report = self.report("compare", self.scenario())
        self.assertEqual([v["name"] for v in report["variants"]], ["none", "full"])
        self.assertEqual(report["seeds"], [1, 2, 3])
        self.assertNotIn("variants", report["scenario"])
        peak = report["variants"][0]["metrics"]["herd.peak_ratio"]
        self.assertEqual(len(peak["per_seed"]), 3)
        self.assertLessEqual(peak["lo"], peak["mean"])
        self.assertLessEqual(peak["mean"], peak["hi"])
        self.assertAlmostEqual(peak["mean"], sum(peak["per_seed"]) / 3)
        environment = report["environment"]
        self.assertGreater(environment["attempts_per_s"], 0)
        self.assertGreater(environment["run_seconds"], 0)
        self.assertLessEqual(environment["run_seconds"], environment["seconds"] * environment["parallel"])
        compared = {c["metric"]: c for c in report["comparisons"]}
        means = [v["metrics"]["herd.peak_ratio"]["mean"] for v in report["variants"]]
        self.assertAlmostEqual(compared["herd.peak_ratio"]["difference"], means[1] - means[0])

    def test_requests_are_conserved(self):
        for variant in self.report("compare", self.scenario())["variants"]:
            metrics = variant["metrics"]
            for seed in range(3):
                parts = sum(metrics[f"requests.{k}"]["per_seed"][seed] for k in
                            ["succeeded", "failed", "fallback", "refused", "running"] if f"requests.{k}" in metrics)
                self.assertEqual(parts, metrics["requests.total"]["per_seed"][seed])

    def test_settings_are_overridden_and_quoted(self):
        report = self.report("run", self.scenario(), "--set", "run.duration=12s", "--set", "clients.web.count=10")
        self.assertEqual(report["scenario"]["run"]["duration"], "12s")
        self.assertEqual(report["scenario"]["clients"]["web"]["count"], 10)
        arrivals = report["variants"][0]["series"]["arrivals"]["by"]["services.api"]
        self.assertEqual(len(arrivals["mean"]), 120)  # bins of 100 ms

    def test_variants_from_the_command_line_take_the_place_of_the_files(self):
        report = self.report("compare", self.scenario(), "--seeds", "1", "--jitter", "none,equal,decorrelated")
        self.assertEqual([v["name"] for v in report["variants"]], ["none", "equal", "decorrelated"])
        self.assertEqual(report["variants"][1]["set"], {"policies.web.retry.jitter": "equal"})
        report = self.report("compare", self.scenario(), "--seeds", "1", "--vary", "policies.web.retry.max_attempts=1,3")
        self.assertEqual([v["name"] for v in report["variants"]], ["max_attempts=1", "max_attempts=3"])
        amplification = [v["metrics"]["retry.amplification"]["mean"] for v in report["variants"]]
        self.assertLessEqual(amplification[0], 1)
        self.assertGreater(amplification[1], amplification[0])

    def test_a_seed_alone_is_the_same_run(self):
        several = self.report("run", self.scenario(), "--seeds", "3")
        alone = self.report("run", self.scenario(), "--seeds", "2..2")
        self.assertEqual(alone["variants"][0]["fingerprints"], [several["variants"][0]["fingerprints"][1]])

    def test_a_failed_threshold_is_99_and_is_shown(self):
        thresholds = {"retry.amplification": ["< 0.1"], "requests.success_rate": ["> 0"]}
        answer = self.stampede("run", self.scenario(thresholds=thresholds), expected=99)
        self.assertRegex(answer.stdout, r"FAILED +retry\.amplification < 0\.1")
        self.assertRegex(answer.stdout, r"passed +requests\.success_rate > 0")
        self.stampede("run", self.scenario(thresholds={"requests.success_rate": ["> 0"]}))

    def test_one_seed_claims_no_difference(self):
        answer = self.stampede("compare", self.scenario(), "--seeds", "1")
        self.assertIn("one seed cannot show a difference", answer.stdout)
        self.assertNotIn("±", answer.stdout)

    def test_colour_is_asked_for(self):
        file = self.scenario()
        self.assertIn("\x1b[", self.stampede("run", file, "--color", "always").stdout)
        self.assertIn("\x1b[", self.stampede("run", file, "--color=always", environment={"NO_COLOR": "1"}).stdout)

    def run_on_a_terminal(self, environment):
        parent, child = pty.openpty()
        process = subprocess.Popen([STAMPEDE, "run", self.scenario(), "--seeds", "2"], stdout=child, stderr=child,
                                   env=os.environ | {"TERM": "xterm"} | environment)
        os.close(child)
        text = b""
        while True:
            try:
                chunk = os.read(parent, 65536)
            except OSError:  # the other end is closed
                break
            if not chunk:
                break
            text += chunk
        os.close(parent)
        self.assertEqual(process.wait(), 0, text)
        return text.decode()

    def test_a_terminal_gets_colour_and_progress_unless_it_wants_none(self):
        text = self.run_on_a_terminal({"NO_COLOR": ""})
        self.assertIn("\x1b[1m", text)
        self.assertRegex(text, r"\d of 2 seeds")
        self.assertNotIn("\x1b[1m", self.run_on_a_terminal({"NO_COLOR": "1"}))

    def test_the_page_is_as_wide_as_it_may_be(self):
        for columns in [80, 120]:
            text = self.stampede("compare", self.scenario(), environment={"COLUMNS": str(columns)}).stdout
            widest = max(len(line) for line in text.splitlines())
            self.assertLessEqual(widest, columns)
            self.assertGreater(widest, columns - 10)

    def children(self, parent):
        """Processes that the program has started."""
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            if fields[0] != "Z" and int(fields[1]) == parent:
                yield int(stat.parent.name)

    def wait_for_long_child(self, process):
        """A run that has gone on for a second: the short one has ended by then."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            before = set(self.children(process.pid))
            time.sleep(1)
            for child in before & set(self.children(process.pid)):
                return child
        self.fail("no run was started")

    def test_a_run_that_dies_is_named_and_the_others_stay(self):
        process = subprocess.Popen(
            [STAMPEDE, "compare", self.scenario(), "--seeds", "1", "--vary", "run.duration=20s,600000s", "--set",
             "run.bin=10s", "-j", "1", "-o", "out.json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self.folder)
        self.addCleanup(process.kill)
        os.kill(self.wait_for_long_child(process), signal.SIGKILL)
        stderr = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 70, stderr)
        self.assertIn("variant duration=600000s, seed 1: killed by signal 9", stderr)
        command = re.search(r"to run it alone: (stampede run .*)", stderr).group(1)
        self.assertIn("--set run.bin=10s --set run.duration=600000s --seeds 1..1", command)
        report = json.loads((self.folder / "out.json").read_text())
        self.assertEqual(report["variants"][0]["seeds"], [1])
        self.assertEqual(report["variants"][1]["failures"][0]["command"], command)

    # UBSan reads the type of an object through a pipe of its own; without one it takes each object for a wrong one.
    @unittest.skipIf("UBSAN" in os.environ, "the sanitizer needs the descriptors that are not there")
    def test_where_the_system_gives_no_more_processes_fewer_run_side_by_side(self):
        words = [STAMPEDE, "run", self.scenario(), "--seeds", "40", "-j", "40", "--no-environment", "-q", "-o"]
        self.stampede(*words[1:], "free.json")
        for files, expected in [(12, 0), (4, 70)]:
            limited = ["bash", "-c", f'ulimit -n {files}; exec "$@"', "bash", *words, f"{files}.json"]
            answer = subprocess.run(limited, cwd=self.folder, capture_output=True, text=True, timeout=60)
            self.assertEqual(answer.returncode, expected, answer.stderr)
        self.assertEqual((self.folder / "free.json").read_bytes(), (self.folder / "12.json").read_bytes())
        self.assertIn("seed 40: cannot make a pipe: Too many open files\n  to run it alone: stampede run", answer.stderr)


if __name__ == "__main__":
    unittest.main()
