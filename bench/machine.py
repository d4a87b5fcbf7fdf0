"""What the figures are measured on."""

import contextlib
import os
import pathlib
import re
import subprocess
import time


def first(pattern, text, otherwise="unknown"):
    found = re.search(pattern, text, re.MULTILINE)
    return found.group(1).strip() if found else otherwise


def compiler(build):
    path = first(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", (build / "CMakeCache.txt").read_text())
    return subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]


def describe(build):
    """The same for every session on one machine."""
    memory_kib = int(first(r"^MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text(), "0"))
    return {
        "cpu": first(r"^model name\s*:(.*)$", pathlib.Path("/proc/cpuinfo").read_text()),
        "cores": os.cpu_count(),
        "memory_gib": round(memory_kib / 2**20, 1),
        "system": first(r'^PRETTY_NAME="?([^"\n]*)', pathlib.Path("/etc/os-release").read_text()),
        "compiler": compiler(build),
    }


def seconds_of_a_loop():
    begin = time.perf_counter()
    for _ in range(300_000):
        pass
    return time.perf_counter() - begin


@contextlib.contextmanager
def on_the_quietest_core():
    """All that is started meanwhile stays on the core on which a loop takes least: what others do on the same machine
    slows one core more than another, and programs that wander between the two cannot be compared."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)

    def taken(core):
        os.sched_setaffinity(0, {core})
        return min(seconds_of_a_loop() for _ in range(5))

    try:
        os.sched_setaffinity(0, {min(sorted(allowed), key=taken)})
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def commit(root):
    """What is measured: what an earlier section of the same session has written down changes no program."""
    def git(*words):
        return subprocess.run(["git", "-C", root, *words], capture_output=True, text=True)

    found = git("rev-parse", "--short", "HEAD").stdout.strip() or "unknown"
    changed = git("diff", "--quiet", "HEAD", "--", ".", ":!bench/results.json", ":!docs/performance.md").returncode != 0
    return found + ("-dirty" if changed and found != "unknown" else "")
