"""The measurements that docs/performance.md shows: bench/results.json, and the document's parts that come from it.

A part stands between `<!-- bench NAME -->` and `<!-- end -->`.
"""

import json
import pathlib
import re

import plot
import tables

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench/results.json"
DOCUMENT = ROOT / "docs/performance.md"
PICTURE = ROOT / "docs/images/complexity.svg"
PART = re.compile(r"(<!-- bench ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def merged(old, new):
    """Sections measured anew take the place of their old ones; nothing is kept of another machine."""
    kept = old if old and old["machine"] == new["machine"] else {}
    return {"machine": new["machine"]} | {
        part: kept.get(part, {}) | new.get(part, {}) for part in ("before", "sections")}


def machine_text(results):
    m = results["machine"]
    measured = {f"{s['date']} (commit {s['commit']})" for s in results["sections"].values()}
    return (f"Measured on {m['cpu']}, {m['cores']} cores, {m['memory_gib']} GiB, {m['system']}, {m['compiler']}; "
            f"{', '.join(sorted(measured))}.\n")


def part(name, results):
    if name == "machine":
        return machine_text(results)
    return tables.markdown(*tables.TABLES[name](results["sections"] | {"before": results["before"]}))


def rendered(results):
    """By path: the document, and the files that it shows, as these results have them."""
    document = PART.sub(lambda m: f"{m.group(1)}\n{part(m.group(2), results)}\n{m.group(3)}", DOCUMENT.read_text())
    complexity = results["sections"].get("complexity")
    return {DOCUMENT: document} | ({PICTURE: plot.svg(complexity["ns_per_attempt"])} if complexity else {})


def write_documents(results):
    for path, text in rendered(results).items():
        path.write_text(text)


def keep(new):
    """`new` has `sections`, or `before`: what later measurements are compared with."""
    old = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results = merged(old, new)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    write_documents(results)


if __name__ == "__main__":
    write_documents(json.loads(RESULTS.read_text()))
