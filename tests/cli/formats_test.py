"""Every report format, as the programs that it is for would read it."""

import csv
import json
import re
import shutil
import subprocess
import unittest
import xml.etree.ElementTree

from program import ProgramTest

NASTY = 'a,"b"|<c>&\n`d` @octocat #1 %0A ρ'
VARIANTS = {NASTY: {"policies.web.retry.jitter": "none"}, "full": {"policies.web.retry.jitter": "full"}}
THRESHOLDS = {"requests.goodput": ["> 1000"], "requests.success_rate": ["> 0"]}
FORMATS = ["md", "csv", "series.csv", "xml", "trace.json", "hgrm", "om", "json"]
# What Jenkins' schema of JUnit reports (junit-4.xsd) allows: attributes and children.
JUNIT = {
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, {"properties", "testcase"}),
    "properties": (set(), {"property"}),
    "property": ({"name", "value"}, set()),
    "testcase": ({"name", "classname"}, {"skipped", "error", "failure"}),
    "skipped": (set(), set()),
    "error": ({"type", "message"}, set()),
    "failure": ({"type", "message"}, set()),
}


class Formats(ProgramTest):
    def setUp(self):
        super().setUp()
        self.file = self.scenario(variants=VARIANTS, thresholds=THRESHOLDS)
        outputs = [word for name in FORMATS for word in ("-o", f"out.{name}")]
        self.printed = self.stampede("compare", self.file, "--github", *outputs, expected=99)
        self.report = json.loads((self.folder / "out.json").read_text())

    def text(self, name):
        return (self.folder / f"out.{name}").read_bytes().decode()

    def test_csv_has_every_value_of_every_seed(self):
        with open(self.folder / "out.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file, strict=True))
        for variant in self.report["variants"]:
            for metric in ["retry.amplification", "requests.total"]:
                values = [float(row["value"]) for row in rows
                          if (row["variant"], row["subject"], row["metric"]) == (variant["name"], "", metric)]
                self.assertEqual(values, variant["metrics"][metric]["per_seed"])

    def test_series_csv_has_every_bin(self):
        with open(self.folder / "out.series.csv", newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file, strict=True)
                    if (row["variant"], row["subject"], row["series"]) == ("full", "", "goodput")]
        self.assertEqual([float(row["bin_start_s"]) for row in rows], [i / 10 for i in range(200)])
        self.assertEqual([float(row["mean"]) for row in rows], self.report["variants"][1]["series"]["goodput"]["mean"])

    def test_junit_is_what_servers_take(self):
        root = xml.etree.ElementTree.fromstring(self.text("xml"))
        for element in root.iter():
            attributes, children = JUNIT[element.tag]
            self.assertLessEqual(set(element.attrib), attributes)
            self.assertLessEqual({child.tag for child in element}, children)
        self.assertEqual([suite.get("name") for suite in root], [NASTY, "full"])
        self.assertEqual((root.get("tests"), root.get("failures"), root.get("errors")), ("6", "2", "0"))
        failure = root.find("testsuite/testcase/failure")
        self.assertRegex(failure.get("message"), r"^requests\.goodput > 1000: [0-9.]+/s$")
        self.assertRegex(failure.text, r"seed 3: [0-9.]+/s\n")

    def test_github_marks_the_line_of_the_threshold(self):
        self.scenario("lines.json", thresholds=THRESHOLDS, variants={})
        pretty = json.dumps(json.loads((self.folder / "lines.json").read_text()), indent=2)
        (self.folder / "lines.json").write_text(pretty)
        line = 1 + pretty[: pretty.index('"> 1000"')].count("\n")
        answer = self.stampede("run", "lines.json", "--github", "-o", "-", "-q", expected=99)
        self.assertRegex(answer.stderr, rf"^::error file=lines\.json,line={line},title=Threshold failed%3A "
                                        r"requests\.goodput > 1000::requests\.goodput: [0-9.]+/s; demanded: > 1000%0A")
        self.assertEqual(len(re.findall("^::error ", self.printed.stdout, re.MULTILINE)), 2)
        self.assertNotIn("::error", self.stampede("run", "lines.json", expected=99).stdout)

    def test_a_trace_has_events_with_all_that_viewers_demand(self):
        events = json.loads(self.text("trace.json"))["traceEvents"]
        for event in events:
            self.assertLessEqual({"ph", "ts", "pid", "tid", "name"}, set(event))
        names = {event["args"]["name"] for event in events if event["name"] == "process_name"}
        self.assertEqual(names, {f"{v}: {group}" for v in (NASTY, "full")
                                 for group in ("faults", "counters", "breakers", "agents")})
        slices = {event["name"] for event in events if event["ph"] == "X"}
        self.assertLessEqual({"outage", "request", "attempt 1", "attempt 2", "backoff 1", "closed", "open"}, slices)
        self.assertLessEqual({"arrivals, 1/s", "goodput, 1/s", "queue"}, {e["name"] for e in events if e["ph"] == "C"})

    def test_hgrm_counts_every_success(self):
        totals = [int(n) for n in re.findall(r"Total count    = +(\d+)\]", self.text("hgrm"))]
        succeeded = [sum(v["metrics"]["requests.succeeded"]["per_seed"]) for v in self.report["variants"]]
        self.assertEqual(totals, succeeded)

    def test_markdown_begins_with_the_outcome(self):
        lines = self.text("md").split("\n")
        self.assertEqual(lines[0], "## Stampede: small outage")
        self.assertIn("2 of 4 thresholds failed", lines[2])
        self.assertNotRegex(self.text("md"), r"^`d` @octocat|[^>]@octocat(?!.*</code>)")

    @unittest.skipUnless(shutil.which("promtool"), "promtool is not installed")
    def test_prometheus_takes_the_metrics(self):
        command = ["promtool", "tsdb", "create-blocks-from", "openmetrics", "out.om", "blocks"]
        read = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(read.returncode, 0, read.stderr)
        # The linter reads the older text format, which writes times as whole milliseconds.
        plain = re.sub(r"^([^#].*) [0-9.e+]+$", r"\1", self.text("om"), flags=re.MULTILINE)
        metrics = "".join(line for line in plain.splitlines(True) if not line.startswith("stampede_series_"))
        lint = subprocess.run(["promtool", "check", "metrics"], input=metrics, capture_output=True, text=True)
        self.assertEqual((lint.returncode, lint.stdout, lint.stderr), (0, "", ""))

    def test_a_report_that_is_read_back_gives_the_same_bytes(self):
        again = [word for name in FORMATS for word in ("-o", f"again.{name}")]
        self.stampede("report", "out.json", *again)
        for name in FORMATS:
            self.assertEqual((self.folder / f"again.{name}").read_bytes().decode(), self.text(name), name)

    def test_formats_are_the_same_bytes_every_time(self):
        again = [word for name in FORMATS for word in ("-o", f"again.{name}")]
        self.stampede("compare", self.file, "--no-environment", *again, "-j", "1", expected=99)
        for name in set(FORMATS) - {"json", "xml"}:  # these two say how long it took
            self.assertEqual((self.folder / f"again.{name}").read_bytes().decode(), self.text(name), name)


if __name__ == "__main__":
    unittest.main()
