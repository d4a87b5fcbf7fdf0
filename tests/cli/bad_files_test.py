"""Reports that are none, and places that cannot hold one: said with its place, exit 65 or 74, and nothing half written."""

import json
import os
import resource
import signal
import subprocess
import unittest

from program import STAMPEDE, ProgramTest

FORMATS = ["json", "html", "md", "csv", "series.csv", "xml", "trace.json", "hgrm", "om"]


def fill_disk():
    """No file may grow beyond 100 bytes: writing fails in the middle, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


class BadReports(ProgramTest):
    def setUp(self):
        super().setUp()
        self.stampede("compare", self.scenario(), "--seeds", "2", "-q", "-o", "good.json")
        self.text = (self.folder / "good.json").read_text()

    def assert_refused(self, text, place, message):
        (self.folder / "bad.json").write_bytes(text if isinstance(text, bytes) else text.encode())
        baseline = self.folder / ".stampede/baselines/bad.json"
        baseline.parent.mkdir(parents=True, exist_ok=True)
        baseline.write_bytes((self.folder / "bad.json").read_bytes())
        before = sorted(self.folder.rglob("*"))
        for words in [["report", "bad.json", "-o", "x.md"], ["diff", "good.json", "bad.json", "-o", "x.md"],
                      ["diff", "bad.json", "good.json"], ["run", "small.json", "--baseline", "bad"]]:
            answer = self.stampede(*words, expected=65)
            self.assertEqual(answer.stdout, "")
            self.assertIn(f"bad.json:{place}: error: ", answer.stderr)
            self.assertIn(message, answer.stderr)
            self.assertIn("is no report that this program can read", answer.stderr)
        self.assertEqual(sorted(self.folder.rglob("*")), before)

    def test_one_that_is_cut_off(self):
        lines = self.text.split("\n")
        for count in [1, 10, len(lines) // 2, len(lines) - 2]:
            cut = "\n".join(lines[:count])
            # At the end, or before the line break that ends it.
            self.assert_refused(cut, f"{count}:{len(lines[count - 1].encode()) + 1}", "")
        self.assert_refused("", "1:1", "")

    def test_what_something_else_has_made(self):
        self.assert_refused("a,b\n1,2\n", "1:1", "")
        self.assert_refused("<!doctype html>", "1:1", "")
        self.assert_refused('{"results": []}', "1:1", 'expected a report of stampede, which begins with "stampede": 1')
        self.assert_refused("[1, 2]", "1:1", "expected a report of stampede")
        self.assert_refused((self.folder / "small.json").read_text(), "1:1", "this is a scenario")
        self.assert_refused(b"\x00\xff\xfe", "1:1", "")

    def test_what_a_newer_version_has_made(self):
        self.assert_refused(self.text.replace('"stampede": 1', '"stampede": 2', 1), "2:15", "its format is 2, this program reads up to 1")

    def test_one_whose_parts_do_not_fit(self):
        report = json.loads(self.text)
        report["variants"][0]["metrics"]["herd.peak_ratio"]["per_seed"].append(1)
        text = json.dumps(report)
        self.assert_refused(text, f"1:{text.index('[', text.index('herd.peak_ratio')) + 1}",
                            "expected 2 values, one for each of the variant's seeds, found 3")
        report["variants"][0]["seeds"] = "all"
        text = json.dumps(report)
        self.assert_refused(text, f"1:{text.index(chr(34) + 'all' + chr(34)) + 1}", "expected a list")


class BadPlaces(ProgramTest):
    def setUp(self):
        super().setUp()
        self.stampede("compare", self.scenario(), "--seeds", "2", "-q", "-o", "good.json")
        (self.folder / "out").mkdir()

    def refused(self, command, **how):
        answer = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60, **how)
        self.assertEqual(answer.returncode, 74, f"{command}\n{answer.stderr}")
        self.assertIn("cannot write", answer.stderr)
        return answer

    def commands(self):
        outputs = [word for name in FORMATS for word in ("-o", f"out/x.{name}")]
        yield ["report", "good.json", *outputs]
        yield ["run", "small.json", "--seeds", "1", *outputs]
        yield ["diff", "good.json", "good.json", "-o", "out/d.json"]

    def test_a_disk_that_is_full_keeps_what_was_there(self):
        for name in FORMATS:
            (self.folder / f"out/x.{name}").write_text("old")
        for words in list(self.commands())[:2]:
            answer = self.refused([STAMPEDE, *words], preexec_fn=fill_disk)
            self.assertEqual(answer.stderr.count("cannot write out/"), len(FORMATS), answer.stderr)
            self.assertIn("herd.peak_ratio", answer.stdout)
            self.assertEqual({p.read_text() for p in (self.folder / "out").iterdir()}, {"old"})
            self.assertEqual(len(list((self.folder / "out").iterdir())), len(FORMATS))

    def test_a_full_disk_leaves_no_half_baseline(self):
        self.stampede("run", "small.json", "--seeds", "1", "--save-baseline", "main")
        file = self.folder / ".stampede/baselines/main.json"
        before = file.read_text()
        self.refused([STAMPEDE, "run", "small.json", "--seeds", "2", "--save-baseline", "main"], preexec_fn=fill_disk)
        self.assertEqual(file.read_text(), before)
        self.assertEqual(list(file.parent.iterdir()), [file])

    def test_a_folder_that_is_read_only_is_said_before_anything_runs(self):
        (self.folder / "out").chmod(0o555)
        self.folder.chmod(0o755)
        how = {"user": "nobody"} if os.geteuid() == 0 else {}
        if how and subprocess.run([STAMPEDE, "--version"], capture_output=True, **how).returncode != 0:
            self.skipTest("nobody may run the program here")
        for words in self.commands():
            self.assertEqual(self.refused([STAMPEDE, *words], **how).stdout, "")
        self.folder.chmod(0o555)
        self.refused([STAMPEDE, "run", "small.json", "--seeds", "1", "--save-baseline", "main"], **how)
        self.folder.chmod(0o755)
        self.assertEqual(list((self.folder / "out").iterdir()), [])


if __name__ == "__main__":
    unittest.main()
