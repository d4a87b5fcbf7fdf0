"""Every ```sh block of the documents is run as a reader would run it, from the top of a tree with a finished build.

The set-up itself is not run again: `./dev demo` compares with fewer seeds, the other `./dev` commands only have to
exist. A block whose commands are to fail says so in its last line: `# exit 65`.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from tree import ROOT, documents

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"^# exit (\d+)\s*\Z", re.MULTILINE)
DEV = """#!/usr/bin/env bash
set -euo pipefail
if [[ "$1" == demo ]]; then
    build/release/stampede compare scenarios/payments-outage.json --seeds 2 -o out/payments-outage.json
else
    "{root}/dev" help | grep -q "^  $1 "
fi
"""


def blocks():
    for document in documents():
        for match in BLOCK.finditer(document.read_text()):
            line = document.read_text()[: match.start()].count("\n") + 1
            yield f"{document.relative_to(ROOT)}:{line}", match.group(1)


class Documentation(unittest.TestCase):
    def setUp(self):
        self.tree = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.tree)
        for entry in ROOT.iterdir():
            if entry.name not in ("build", "out", "dev", ".git"):
                (self.tree / entry.name).symlink_to(entry)
        (self.tree / "out").mkdir()
        (self.tree / "build/release").mkdir(parents=True)
        (self.tree / "build/release/stampede").symlink_to(os.environ["STAMPEDE"])
        (self.tree / "dev").write_text(DEV.format(root=ROOT))
        (self.tree / "dev").chmod(0o755)

    def test_documents_show_commands(self):
        shown = [place for place, _ in blocks()]
        self.assertTrue(any(place.startswith("README.md") for place in shown))

    def test_commands_do_what_the_documents_say(self):
        for place, block in blocks():
            expected = int(found.group(1)) if (found := EXIT.search(block)) else 0
            with self.subTest(place):
                run = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=self.tree, capture_output=True, text=True)
                self.assertEqual(run.returncode, expected, f"{block}\n{run.stdout}\n{run.stderr}")


if __name__ == "__main__":
    unittest.main()
