"""Runs a shipped scenario's variants, for the tests of what it says is there."""

import json
import os
import pathlib
import subprocess
import tempfile

from tree import ROOT

STAMPEDE = os.environ["STAMPEDE"]


def variants_of(scenario, seeds=2):
    """By name, as the report has them."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        path = ROOT / "scenarios" / scenario
        subprocess.run([STAMPEDE, "compare", path, "--seeds", str(seeds), "--quiet", "-o", report], check=True, capture_output=True)
        return {v["name"]: v for v in json.loads(report.read_text())["variants"]}


def means(scenario):
    """By variant, then metric; a list where the metric is one."""
    return {name: {n: metric.get("mean") for n, metric in v["metrics"].items()} for name, v in variants_of(scenario).items()}
