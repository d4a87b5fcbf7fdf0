"""`stampede report`: a report made earlier, shown again and in other formats."""

import json
import shlex
import unittest

from program import ProgramTest


class Report(ProgramTest):
    def setUp(self):
        super().setUp()
        self.shown = self.stampede("compare", self.scenario(), "-q", "-o", "r.json").stdout
        self.text = (self.folder / "r.json").read_text()

    def refused(self, text):
        (self.folder / "bad.json").write_text(text)
        answer = self.stampede("report", "bad.json", expected=65)
        self.assertEqual(answer.stdout, "")
        self.assertEqual(answer.stderr.count(": error: "), 2, "one diagnostic and what became of it")
        return answer.stderr

    def test_it_is_shown_as_it_was_when_it_was_made(self):
        self.assertEqual(self.stampede("report", "r.json").stdout, self.shown)

    def test_written_again_it_has_the_same_bytes(self):
        self.stampede("report", "r.json", "-o", "again.json")
        self.assertEqual((self.folder / "again.json").read_text(), self.text)
        self.assertEqual(self.stampede("report", "r.json", "-o", "-").stdout, self.text)

    def test_the_command_in_it_makes_it_again(self):
        file = self.scenario("it's.json")
        words = ["--jitter", "none,full", "--set", "run.seeds=2", "--seeds", "3..4", "--no-environment"]
        first = self.stampede("compare", file, *words, "-q", "-o", "-", "-j", "2").stdout
        command = shlex.split(json.loads(first)["command"])
        self.assertEqual(command[:2], ["stampede", "compare"])
        self.assertEqual(self.stampede(*command[1:], "--no-environment", "-q", "-o", "-").stdout, first)

    def test_what_is_no_report_is_refused_where_it_stops_being_one(self):
        self.assertIn("syntax error", self.refused(self.text[: len(self.text) // 2]))
        self.assertIn("bad.json:1:1: error: expected a report", self.refused("{}"))
        self.assertIn("newer stampede", self.refused('{"stampede": 2}'))
        self.assertIn("this is a scenario", self.refused((self.folder / "small.json").read_text()))

    def test_a_file_that_is_not_there(self):
        self.assertIn("there is no file", self.stampede("report", "nowhere.json", expected=66).stderr)

    def test_what_cannot_be_written_leaves_nothing_behind(self):
        before = sorted(self.folder.iterdir())
        self.stampede("report", "r.json", "-o", "no-such-folder/x.json", expected=74)
        self.stampede("report", "r.json", "-o", "/dev/full", expected=2)
        (self.folder / "full.json").symlink_to("/dev/full")
        self.stampede("report", "r.json", "-o", "full.json", expected=74)
        (self.folder / "full.json").unlink()
        self.assertEqual(sorted(self.folder.iterdir()), before)


if __name__ == "__main__":
    unittest.main()
