"""Where the time of HERD-1E goes: perf's samples, and instructions counted by callgrind."""

import pathlib
import re
import shutil
import subprocess
import tempfile

import programs

SCENARIO = programs.HERE / "scenarios/herd-1e-10000.json"
SMALL = programs.HERE / "scenarios/herd-1e-1000.json"
ROW = re.compile(r"^\s*(\d+\.\d+)%\s+(.+?)\s*$", re.MULTILINE)


def run_words(build, scenario):
    return [str(build / "stampede"), "run", str(scenario), "--seeds", "1..1", "-j", "1", "--quiet", "-o", "-"]


def samples(build, sort):
    """(share in percent, name) of everything that was sampled, the largest first."""
    with tempfile.TemporaryDirectory() as folder:
        data = str(pathlib.Path(folder) / "perf.data")
        subprocess.run(["perf", "record", "-q", "-F", "997", "-o", data, *run_words(build, SCENARIO)],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        report = subprocess.run(["perf", "report", "-q", "--stdio", "--no-children", "--sort", sort, "-i", data],
                                check=True, capture_output=True, text=True).stdout
    return [(float(share), name) for share, name in ROW.findall(report)]


def without(tool, session):
    if shutil.which(tool):
        return False
    session.say(f"{tool} is not installed; `./dev deps bench` installs it")
    return True


def readable(symbol):
    """Without perf's marks and further columns, and what a visit of a variant is called by the function that visits."""
    name = re.split(r"\s{2,}", re.sub(r"^\[[.k]\] ", "", symbol))[0]
    if name.startswith("std::__detail::__variant"):
        found = re.search(r"\bstampede::[\w:]+", name)
        name = f"std::visit in {found.group(0)}" if found else "std::visit"
    return name if len(name) <= 70 else name[:69] + "…"


def counted(build, scenario):
    """Instructions of the process that did most: the run's, with what came before its start."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out.%p",
                        *run_words(build, scenario)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        texts = [path.read_text() for path in pathlib.Path(folder).iterdir()]
    return max(int(found.group(1)) for text in texts
               if (found := re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE)))


def simgrid(session):
    """Its library's samples; what loads the program's libraries before the run, SimGrid's among them, apart from that."""
    if without("perf", session):
        return {"skipped": "perf is not installed"}
    objects = samples(session.build, "dso")
    share = sum(s for s, name in objects if name.startswith("libsimgrid"))
    loading = sum(s for s, name in objects if name.startswith("ld-linux"))
    session.say(f"SimGrid's share of HERD-1E, 10,000 clients: {share:.2f} %, loading libraries {loading:.2f} %")
    return {"percent": round(share, 2), "loading_percent": round(loading, 2)}


def profile(session):
    """The ten functions in which most samples fell."""
    if without("perf", session):
        return {"skipped": "perf is not installed"}
    top = [[round(share, 1), readable(name)] for share, name in samples(session.build, "symbol")[:10]]
    for share, name in top:
        session.say(f"{share:5.1f} %  {name}")
    return {"top": top}


def instructions(session):
    """Instructions over attempts, without those of a command that has next to nothing to run: next to the same from run
    to run."""
    if without("valgrind", session):
        return {"skipped": "valgrind is not installed"}
    attempts = programs.report_of(session.build, SMALL)["variants"][0]["metrics"]["attempts.total"]["mean"]
    nothing = counted(session.build, programs.HERE / "scenarios/one-second.json")
    per_attempt = (counted(session.build, SMALL) - nothing) / attempts
    session.say(f"{per_attempt:,.0f} instructions an attempt")
    return {"per_attempt": round(per_attempt)}
