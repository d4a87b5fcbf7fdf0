"""The script that does the set-up."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from tree import ROOT


class Dev(unittest.TestCase):
    def dev(self, *words, **environment):
        return subprocess.run([ROOT / "dev", *words], capture_output=True, text=True, env=os.environ | environment)

    def path_with(self, **programs):
        """A search path that finds these programs, given as the bash that they run, before all others."""
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        for name, script in programs.items():
            program = folder / name.replace("_", "-")
            program.write_text(f"#!/bin/bash\n{script}\n")
            program.chmod(0o755)
        return f"{folder}:{os.environ['PATH']}"

    def test_help_names_every_command(self):
        text = self.dev("help").stdout
        for command in ["demo", "test", "build", "bench", "fmt", "deps", "help"]:
            self.assertRegex(text, rf"(?m)^  {command} ")

    def test_an_unknown_command_is_wrong_usage(self):
        answer = self.dev("dmeo")
        self.assertEqual(answer.returncode, 2)
        self.assertIn('unknown command "dmeo"', answer.stderr)
        self.assertEqual(answer.stdout, "")

    def test_an_unknown_group_of_packages_is_wrong_usage(self):
        self.assertEqual(self.dev("deps", "everything").returncode, 2)

    def test_a_complete_set_up_calls_no_package_manager(self):
        path = self.path_with(dpkg_query="printf installed", apt_get="echo called; exit 1", sudo="echo called; exit 1")
        answer = self.dev("deps", PATH=path)
        self.assertEqual((answer.returncode, answer.stdout, answer.stderr), (0, "", ""))

    def test_only_what_is_missing_is_installed(self):
        path = self.path_with(dpkg_query='[[ "$*" != *ninja-build* ]] || exit 1; printf installed',
                              apt_get='echo "apt-get $*"', sudo='"$@"')
        lines = self.dev("deps", PATH=path).stderr.splitlines()
        self.assertEqual(lines[0], "dev: installing ninja-build")
        self.assertRegex(lines[-1], r"^apt-get install .* ninja-build$")

    def test_node_from_elsewhere_is_left_as_it_is(self):
        path = self.path_with(dpkg_query='[[ "$*" != *nodejs* && "$*" != *npm* ]] || exit 1; printf installed',
                              node="exit 0", npm="exit 0", apt_get="echo called; exit 1", sudo="echo called; exit 1")
        answer = self.dev("deps", PATH=path)
        self.assertEqual((answer.returncode, answer.stdout, answer.stderr), (0, "", ""))

    def test_a_failed_installation_is_a_failure(self):
        path = self.path_with(dpkg_query="exit 1", apt_get="exit 100", sudo='"$@"')
        self.assertNotEqual(self.dev("deps", PATH=path).returncode, 0)


if __name__ == "__main__":
    unittest.main()
