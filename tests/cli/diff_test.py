"""diff between reports, and run and compare against a baseline."""

import json
import unittest

from program import ProgramTest

FULL = ["--set", "policies.web.retry.jitter=full"]


class Diff(ProgramTest):
    def report(self, name, *words, verb="run"):
        self.stampede(verb, self.scenario(), "--seeds", "6", *words, "-q", "-o", name)
        return name

    def difference(self, *words, expected=0):
        return json.loads(self.stampede("diff", *words, "-o", "-", expected=expected).stdout)

    def test_a_report_with_itself_is_no_difference(self):
        a = self.report("a.json", verb="compare")
        answer = self.stampede("diff", a, a, "--fail-on", "worse")
        self.assertEqual((answer.stdout, answer.stderr), ("a.json against a.json: No difference.\n", ""))
        self.report("again.json", "-j", "1", verb="compare")
        self.assertIn("No difference.", self.stampede("diff", a, "again.json").stdout)

    def test_a_changed_jitter_is_the_one_setting_named_and_what_moved_is_listed(self):
        a, b = self.report("a.json"), self.report("b.json", *FULL)
        diff = self.difference(a, b)
        self.assertEqual(diff["settings"], [{"path": "policies.web.retry.jitter", "before": "none", "after": "full"}])
        [variant] = diff["variants"]
        self.assertTrue(variant["paired"])
        moved = {m["metric"]: m for m in variant["metrics"] if m["verdict"] in ("worse", "better", "higher", "lower")}
        self.assertIn("retry.backoff_total", moved)
        values = [json.loads((self.folder / f).read_text())["variants"][0]["metrics"] for f in (a, b)]
        for name, change in moved.items():
            self.assertAlmostEqual(change["difference"], values[1][name]["mean"] - values[0][name]["mean"])
        self.assertNotIn("requests.total", moved)  # the same clients ask at the same times
        text = self.stampede("diff", a, b).stdout
        self.assertIn("policies.web.retry.jitter: none → full", text)
        self.assertEqual(text.count(" → ") - 1, len(moved))

    def test_of_variants_each_change_is_named_where_it_is(self):
        a = self.report("a.json", verb="compare")
        b = self.report("b.json", "--jitter", "none,full,equal", "--set", "services.api.workers=5", verb="compare")
        diff = self.difference(a, b)
        self.assertEqual(diff["settings"], [{"path": "services.api.workers", "before": 4, "after": 5}])
        self.assertEqual(diff["variants_only_after"], ["equal"])
        self.assertEqual([v["settings"] for v in diff["variants"]], [[], []])

    def test_other_seeds_are_compared_as_two_samples(self):
        a = self.report("a.json")
        self.stampede("run", self.scenario(), "--seeds", "11..18", "-q", "-o", "b.json")
        diff = self.difference(a, "b.json")
        self.assertFalse(diff["variants"][0]["paired"])
        self.assertFalse(diff["same"])
        self.assertLessEqual({m["rule"] for m in diff["variants"][0]["metrics"]}, {"Welch's t", "rank sums"})

    def test_worse_is_99_unless_tolerated(self):
        a = self.report("a.json")
        b = self.report("b.json", "--set", "services.api.workers=1", "--set", "services.api.queue.limit=5")
        self.stampede("diff", a, b)
        answer = self.stampede("diff", a, b, "--fail-on", "worse", expected=99)
        self.assertIn("worse", answer.stdout)
        self.stampede("diff", a, b, "--fail-on", "worse", "--tolerance", "2%", "-q", expected=99)
        self.stampede("diff", a, b, "--fail-on", "worse", "--metrics", "requests.total")
        rate = self.difference(a, b, "--metrics", "requests.success_rate")["variants"][0]["metrics"][0]
        share = -rate["hi"] / rate["before"]["mean"] * 100
        for tolerance, expected in [(share - 0.1, 99), (share + 0.1, 0)]:
            self.stampede("diff", a, b, "--metrics", "requests.success_rate", "--fail-on", "worse", "--tolerance",
                          f"{tolerance:.6f}%", expected=expected)

    def test_it_is_written_as_markdown_and_json(self):
        a, b = self.report("a.json"), self.report("b.json", *FULL)
        self.stampede("diff", a, b, "-q", "-o", "x.md", "-o", "x.json")
        self.assertTrue((self.folder / "x.md").read_text().startswith("## Stampede: <code>b.json</code>"))
        self.assertEqual(json.loads((self.folder / "x.json").read_text()), self.difference(a, b))

    def test_wrong_words(self):
        a = self.report("a.json")
        for words, message in [(["a.json"], "AFTER"), ([a, a, "--tolerance", "2"], "such as 2%"),
                               ([a, a, "--tolerance=-1%"], "such as 2%"), ([a, a, "-o", "x.html"], "known: .json, .md"),
                               ([a, a, "--metrics", "herd.peak_ratoi"], "herd.peak_ratio"),
                               ([a, a, "--metrics", "retry.attempts_histogram"], "not one number"),
                               ([a, a, "--fail-on", "better"], "--fail-on")]:
            self.assertIn(message, self.stampede("diff", *words, expected=2).stderr)
        self.assertIn("there is no file", self.stampede("diff", a, "nowhere.json", expected=66).stderr)
        (self.folder / "bad.json").write_text("{")
        self.assertIn("bad.json:1:2: error:", self.stampede("diff", a, "bad.json", expected=65).stderr)
        self.stampede("diff", a, a, "-o", "no/such/x.json", expected=74)


class Baseline(ProgramTest):
    def run_with(self, *words, expected=0, verb="run"):
        return self.stampede(verb, self.scenario(), "--seeds", "6", *words, expected=expected)

    def test_results_are_kept_under_a_name_and_compared_with(self):
        for verb in ["run", "compare"]:
            self.run_with("--save-baseline", "main", verb=verb)
            kept = json.loads((self.folder / ".stampede/baselines/main.json").read_text())
            self.assertNotIn("environment", kept)
            self.assertEqual([p.name for p in (self.folder / ".stampede/baselines").iterdir()], ["main.json"])
            answer = self.run_with("--baseline", "main", "--fail-on", "worse", verb=verb)
            self.assertIn("this run against baseline main: No difference.", answer.stdout)
        answer = self.run_with("--baseline", "main", "-o", "-", "-q", verb="compare")
        self.assertEqual(answer.stderr, "")
        json.loads(answer.stdout)
        self.assertIn("No difference", self.run_with("--baseline", "main", "-o", "-", verb="compare").stderr)

    def test_a_worse_run_is_99_and_does_not_become_the_baseline(self):
        self.run_with("--save-baseline", "main")
        file = self.folder / ".stampede/baselines/main.json"
        before = file.read_text()
        worse = ["--set", "services.api.workers=1", "--set", "services.api.queue.limit=5", "--baseline", "main"]
        self.assertIn("services.api.workers: 4 → 1", self.run_with(*worse).stdout)
        answer = self.run_with(*worse, "--fail-on", "worse", "--tolerance", "2%", "--save-baseline", "main", expected=99)
        self.assertIn("is not saved", answer.stderr)
        self.assertEqual(file.read_text(), before)
        self.run_with(*worse, "--save-baseline", "main")
        self.assertNotEqual(file.read_text(), before)

    def test_a_missing_baseline_is_66_before_anything_runs(self):
        answer = self.run_with("--baseline", "main", expected=66)
        self.assertIn("--save-baseline main", answer.stderr)
        self.assertEqual(answer.stdout, "")
        self.run_with("--save-baseline", "main")
        self.assertIn('did you mean "main"?', self.run_with("--baseline", "mian", expected=66).stderr)

    def test_names_are_checked(self):
        for name in ["../x", ".hidden", "a/b", "x" * 101, "ä"]:
            self.assertIn("no name for a baseline", self.run_with("--save-baseline", name, expected=2).stderr, name)
            self.assertFalse((self.folder / ".stampede").exists())
        self.assertIn("--baseline", self.run_with("--fail-on", "worse", expected=2).stderr)

    def test_a_place_that_cannot_hold_it_is_74_before_anything_runs(self):
        (self.folder / ".stampede").write_text("in the way")
        answer = self.run_with("--save-baseline", "main", expected=74)
        self.assertEqual(answer.stdout, "")
        (self.folder / ".stampede").unlink()
        folder = self.folder / ".stampede/baselines"
        folder.mkdir(parents=True)
        (folder / "main.json").write_text("{")
        self.assertIn("main.json:1:2: error:", self.run_with("--baseline", "main", expected=65).stderr)


if __name__ == "__main__":
    unittest.main()
