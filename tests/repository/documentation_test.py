"""Every ```sh block of the documents, and every whole scenario in them, is run as a reader would run it, from the top of a
tree with a finished build.

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

BLOCK = re.compile(r"^```(sh|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXIT = re.compile(r"^# exit (\d+)\s*\Z", re.MULTILINE)
PICTURE = re.compile(r"^```text\n(Arrivals over time\n.*?)^```$", re.MULTILINE | re.DOTALL)
DEV = """#!/usr/bin/env bash
set -euo pipefail
if [[ "$1" == demo ]]; then
    build/release/stampede compare scenarios/payments-outage.json --seeds 2 -o out/payments-outage.html -o out/payments-outage.json
else
    "{root}/dev" help | grep -q "^  $1 "
fi
"""


def blocks(language):
    for document in documents():
        text = document.read_text()
        for match in BLOCK.finditer(text):
            if match.group(1) == language:
                yield f"{document.relative_to(ROOT)}:{text[: match.start()].count(chr(10)) + 1}", match.group(2)


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

    def run_block(self, place, block, expected=0):
        with self.subTest(place):
            run = subprocess.run(["bash", "-euo", "pipefail", "-c", block], cwd=self.tree, capture_output=True, text=True)
            self.assertEqual(run.returncode, expected, f"{block}\n{run.stdout}\n{run.stderr}")

    def test_the_documents_show_commands_and_a_scenario(self):
        self.assertTrue(any(place.startswith("README.md") for place, _ in blocks("sh")))
        self.assertTrue(any('"stampede": 1' in block for _, block in blocks("json")))

    def test_commands_do_what_the_documents_say(self):
        for place, block in blocks("sh"):
            self.run_block(place, block, int(found.group(1)) if (found := EXIT.search(block)) else 0)

    def test_whole_scenarios_in_the_documents_run(self):
        for place, block in blocks("json"):
            if '"stampede": 1' in block:
                (self.tree / "shown.json").write_text(block)
                self.run_block(place, "build/release/stampede compare shown.json --seeds 1 --quiet -o out/shown.json")

    def test_the_picture_in_the_readme_is_what_the_demo_prints(self):
        """STAMPEDE_UPDATE_GOLDEN=1 writes it anew."""
        demo = ["build/release/stampede", "compare", "scenarios/payments-outage.json", "--quiet", "-o", "out/report.json"]
        printed = subprocess.run(demo, cwd=self.tree, capture_output=True, text=True, check=True).stdout
        printed = printed[printed.index("Arrivals over time\n"):].rstrip() + "\n"
        readme = ROOT / "README.md"
        shown = PICTURE.search(readme.read_text())
        self.assertIsNotNone(shown, "README.md has no ```text block that begins with: Arrivals over time")
        if os.environ.get("STAMPEDE_UPDATE_GOLDEN") == "1":
            text = readme.read_text()
            readme.write_text(text[: shown.start(1)] + printed + text[shown.end(1):])
        else:
            self.assertEqual(shown.group(1), printed)


if __name__ == "__main__":
    unittest.main()
