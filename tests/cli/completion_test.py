"""Completion and the manual page: made from the commands, accepted by the shells and formatters that they are for."""

import re
import shutil
import subprocess
import unittest

from program import ProgramTest

COMPLETE = r"""
source completion.bash
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_stampede
printf '%s\n' "${{COMPREPLY[@]}}"
"""


def there(program):
    return unittest.skipUnless(shutil.which(program), f"{program} is not installed")


class Completion(ProgramTest):
    def setUp(self):
        super().setUp()
        for shell in ["bash", "zsh", "fish"]:
            (self.folder / f"completion.{shell}").write_text(self.stampede("completion", shell).stdout)

    def run_in(self, *command):
        answer = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=30)
        self.assertEqual((answer.returncode, answer.stderr), (0, ""), answer.stdout)
        return answer.stdout

    def complete(self, words):
        return sorted(self.run_in("bash", "--norc", "-c", COMPLETE.format(words=words)).split("\n")[:-1])

    def verbs(self):
        return re.findall(r"(?m)^  ([a-z]+)  ", self.stampede("--help").stdout.partition("Subcommands:")[2])

    def test_bash_completes_every_command(self):
        self.assertEqual(self.complete('stampede ""')[0], "--help")
        for verb in self.verbs():
            self.assertIn(verb, self.complete('stampede ""'))
        self.assertEqual(self.complete("stampede comp"), ["compare", "completion"])

    def test_bash_completes_options_with_their_values(self):
        self.assertEqual(self.complete("stampede run x.json --se"), ["--seeds", "--set"])
        self.assertEqual(self.complete("stampede compare x.json --color a"), ["always", "auto"])
        self.assertEqual(self.complete("stampede compare x.json --color = al"), ["always"])
        self.assertEqual(self.complete("stampede diff a.json b.json --metrics herd.peak_ratio,latency.p99"),
                         ["herd.peak_ratio,latency.p99", "herd.peak_ratio,latency.p999"])
        self.assertEqual(self.complete("stampede completion z"), ["zsh"])

    def test_bash_completes_files_and_names(self):
        (self.folder / "my scenario.json").write_text("{}")
        self.assertEqual(self.complete("stampede run my"), ["my scenario.json"])
        self.assertEqual(self.complete("stampede run x.json -o my"), ["my scenario.json"])
        self.assertEqual(self.complete("stampede explain decorrelated_"), ["decorrelated_v2"])
        self.assertEqual(self.complete("stampede list jit"), ["jitters"])
        folder = self.folder / ".stampede/baselines"
        folder.mkdir(parents=True)
        for name in ["main", "release-1.2", "other"]:
            (folder / f"{name}.json").write_text("")
        self.assertEqual(self.complete("stampede run x.json --baseline m"), ["main"])
        self.assertEqual(self.complete('stampede compare x.json --baseline ""'), ["main", "other", "release-1.2"])

    def test_every_option_of_the_help_is_in_every_script(self):
        for verb in self.verbs():
            for option in re.findall(r"(?m)^  (?:-\w,)?--([a-z-]+)", self.stampede(verb, "--help").stdout):
                for shell, written in [("bash", f"--{option}"), ("zsh", f"--{option}"), ("fish", f" -l {option}")]:
                    self.assertIn(written, (self.folder / f"completion.{shell}").read_text(), f"{verb} in {shell}")

    @there("zsh")
    def test_zsh_accepts_its_script(self):
        self.run_in("zsh", "-n", "completion.zsh")
        self.run_in("zsh", "-f", "-c", "autoload -U compinit && compinit -u -d dump && source ./completion.zsh && "
                                       "[[ $_comps[stampede] == _stampede ]]")

    @there("fish")
    def test_fish_accepts_its_script_and_completes(self):
        self.run_in("fish", "--no-config", "--no-execute", "completion.fish")
        complete = "source completion.fish; complete --do-complete '{}'"
        words = self.run_in("fish", "--no-config", "-c", complete.format("stampede compare x.json --color a"))
        self.assertEqual(re.findall(r"(?m)^\w+", words), ["always", "auto"])
        self.assertIn("--seeds", self.run_in("fish", "--no-config", "-c", complete.format("stampede run --se")))

    def test_another_shell_is_wrong_usage(self):
        self.assertIn("SHELL", self.stampede("completion", "tcsh", expected=2).stderr)


class Man(ProgramTest):
    def setUp(self):
        super().setUp()
        self.page = self.stampede("man").stdout
        (self.folder / "stampede.1").write_text(self.page)

    def test_it_has_every_command_and_exit_code(self):
        for word in [".SS compare", "\\-\\-fail\\-on", "\\-\\-precision", ".SH EXIT STATUS", "130 interrupted"]:
            self.assertIn(word, self.page)

    @there("groff")
    def test_groff_formats_it_without_a_warning(self):
        command = ["groff", "-man", "-ww", "-Tutf8", "-Kutf8", "stampede.1"]
        answer = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        self.assertEqual((answer.returncode, answer.stderr), (0, ""))
        self.assertIn("stampede compare", re.sub(r"\x1b\[[0-9;]*m|.\x08", "", answer.stdout))

    @there("mandoc")
    def test_mandoc_has_nothing_to_warn_of(self):
        answer = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", "stampede.1"], cwd=self.folder, capture_output=True, text=True)
        # What a program prints of itself has a version and no date.
        self.assertEqual([line for line in answer.stdout.splitlines() if "missing date" not in line], [])


if __name__ == "__main__":
    unittest.main()
