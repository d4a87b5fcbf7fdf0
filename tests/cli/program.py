"""Runs the program, for the tests beside it."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

STAMPEDE = os.environ["STAMPEDE"]

# Small enough for many runs a second, and with a wave, retries and breakers in it.
SCENARIO = {
    "stampede": 1,
    "name": "small outage",
    "run": {"duration": "20s", "warmup": "2s", "seeds": 3},
    "services": {"api": {"workers": 4, "service_time": {"exponential": {"mean": "10ms"}}, "queue": {"limit": 50}}},
    "policies": {
        "web": [
            {"retry": {"max_attempts": 4, "backoff": {"exponential": {"initial": "100ms", "max": "2s"}}, "jitter": "none"}},
            {"breaker": {"failure_threshold": 5, "open_for": "2s"}},
            {"timeout": {"after": "500ms"}},
        ]
    },
    "clients": {"web": {"count": 50, "load": {"open": {"rate": "2/s"}}, "calls": "api", "policy": "web"}},
    "faults": [{"outage": {"at": "6s", "for": "4s", "on": "api"}}],
    "variants": {"none": {"policies.web.retry.jitter": "none"}, "full": {"policies.web.retry.jitter": "full"}},
}


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def scenario(self, name="small.json", **changes):
        path = self.folder / name
        path.write_text(json.dumps(SCENARIO | changes))
        return str(path)

    def stampede(self, *words, expected=0, environment=None):
        clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
        answer = subprocess.run(
            [STAMPEDE, *words], capture_output=True, text=True, timeout=120, env=clean | (environment or {}), cwd=self.folder
        )
        self.assertEqual(answer.returncode, expected, f"stampede {words}\n{answer.stdout}\n{answer.stderr}")
        return answer
