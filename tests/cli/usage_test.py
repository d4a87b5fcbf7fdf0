"""Exit codes, streams and messages of what goes wrong before anything is run."""

import os
import pathlib
import subprocess
import unittest

from program import STAMPEDE, ProgramTest


class Usage(ProgramTest):
    def assert_refused(self, words, expected, message):
        answer = self.stampede(*words, expected=expected)
        self.assertEqual(answer.stdout, "")
        self.assertIn(message, answer.stderr)

    def test_help_and_version_go_to_standard_output(self):
        self.assertRegex(self.stampede("--version").stdout, r"^stampede \d+\.\d+\.\d+\n$")
        text = self.stampede("--help").stdout
        for verb in ["run", "compare", "validate", "schema", "list", "explain"]:
            self.assertIn(verb, text)
            self.assertIn("Usage:", self.stampede(verb, "--help").stdout)
        self.assertIn("Examples:", text)

    def test_wrong_words_are_wrong_usage_with_a_suggestion(self):
        self.assert_refused(["rnu", "x.json"], 2, 'did you mean "run"?')
        self.assert_refused(["run", "x.json", "--sedes", "3"], 2, 'did you mean "--seeds"?')
        self.assert_refused(["compare", "x.json", "--jiter=full"], 2, 'did you mean "--jitter"?')

    def test_missing_and_surplus_words_are_wrong_usage(self):
        self.assert_refused([], 2, "no command given")
        self.assert_refused(["run"], 2, "FILE")
        self.assert_refused(["run", "a.json", "b.json"], 2, "b.json")
        self.assert_refused(["run", "a.json", "-j", "0"], 2, "jobs")
        self.assert_refused(["run", "a.json", "--color", "sometimes"], 2, "color")

    def test_values_are_checked_before_anything_runs(self):
        file = self.scenario()
        self.assert_refused(["run", file, "--seeds", "0"], 2, "--seeds")
        self.assert_refused(["run", file, "--set", "no-equals-sign"], 2, "PATH=VALUE")
        self.assert_refused(["run", file, "-o", "out.jsn"], 2, ".json")
        self.assert_refused(["compare", file, "--jitter", "none,ful"], 2, 'did you mean "full"?')
        self.assert_refused(["compare", file, "--jitter", "full"], 2, "nothing to compare")
        self.assert_refused(["compare", file, "--jitter", "full,full"], 2, "twice")

    def test_a_missing_file_is_66_and_an_unreadable_one_74(self):
        self.assert_refused(["run", "missing.json"], 66, "missing.json")
        self.assert_refused(["validate", "missing.json"], 66, "missing.json")
        self.assert_refused(["run", str(self.folder)], 74, "directory")
        self.assert_refused(["run", "/dev/zero"], 74, "64 MiB")

    def test_a_place_that_cannot_be_written_to_is_74_before_anything_runs(self):
        self.assert_refused(["run", self.scenario(), "-o", "no/such/folder/out.json"], 74, "no/such/folder")

    def test_a_mistake_in_the_scenario_is_65_with_its_place(self):
        broken = self.folder / "broken.json"
        broken.write_text('{\n  "stampede": 1,\n  "servics": {}\n}\n')
        self.assert_refused(["run", str(broken)], 65, "broken.json:3:3: error:")
        self.assert_refused(["run", self.scenario(), "--set", "policies.web.retry.jiter=full"], 65, 'did you mean "jitter"?')

    def test_all_variants_are_checked_before_any_runs(self):
        variants = {"good": {"policies.web.retry.jitter": "full"}, "bad": {"policies.web.retry.jitter": "fulll"}}
        self.assert_refused(["compare", self.scenario(variants=variants)], 65, "fulll")
        self.assert_refused(["compare", self.scenario(), "--vary", "policies.web.retry.max_attempts=2,0"], 65, "max_attempts")

    def test_without_variants_compare_says_what_to_do(self):
        self.assert_refused(["compare", self.scenario(variants={})], 2, "--jitter")

    def test_validate_goes_through_all_files(self):
        broken = self.folder / "broken.json"
        broken.write_text("{")
        good = self.scenario()
        answer = self.stampede("validate", str(broken), good, expected=65)
        self.assertEqual(answer.stdout, f"{good}: valid\n")
        self.assertIn("broken.json:1:", answer.stderr)
        self.assertEqual(self.stampede("validate", good).stderr, "")

    def test_a_full_disk_is_74(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        with open("/dev/full", "w") as full:
            answer = subprocess.run([STAMPEDE, "schema"], stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(answer.returncode, 74, answer.stderr)
        (self.folder / "full.json").symlink_to("/dev/full")
        answer = self.stampede("run", self.scenario(), "--seeds", "1", "-o", "full.json", expected=74)
        self.assertIn("small outage", answer.stdout)
        self.assertTrue(pathlib.Path("/dev/full").is_char_device())

    def test_a_variant_cannot_have_seeds_of_its_own(self):
        for setting in [{"run.seeds": 5}, {"run": {"duration": "20s", "seeds": 5}}]:
            file = self.scenario(variants={"a": setting, "b": {}})
            for verb in ["compare", "validate"]:
                self.assert_refused([verb, file], 65, "all variants run over the same seeds")
        self.assert_refused(["compare", self.scenario(), "--vary", "run.seeds=1,2"], 2, "all variants run over the same seeds")


if __name__ == "__main__":
    unittest.main()
