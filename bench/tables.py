"""Measurements as text: tables for the terminal and for docs/performance.md, from the same rows."""

from itertools import zip_longest

from targets import judged

ORDER = ["herd", "million", "scenarios"]


def case_rows(sections):
    header = ["", "program", "rounds", "attempts/s", "lowest to highest", "peak MiB", "Stampede is"]
    rows = []
    for section in ORDER:
        for case in sections.get(section, {}).get("cases", {}).values():
            ours = case["programs"]["stampede"]["attempts_per_s"]
            for number, (name, p) in enumerate(case["programs"].items()):
                ratio = "" if name == "stampede" else f"{ours / p['attempts_per_s']:.2f} × as fast"
                rows.append([case["title"] if number == 0 else "", name, str(p["rounds"]), f"{p['attempts_per_s']:,}",
                             f"{p['lowest']:,} to {p['highest']:,}", f"{p['peak_rss_mib']:,.1f}", ratio])
    return header, rows


def target_rows(sections):
    return ["target", "aimed at", "measured", ""], [list(row) for row in judged(sections)]


def other_rows(sections):
    rows = []
    if c := sections.get("comparison"):
        rows.append(["5 variants × 10 seeds, `-j 1`", f"{c['seconds_j1']:.2f} s"])
        rows.append(["5 variants × 10 seeds, `-j 2`", f"{c['seconds_j2']:.2f} s"])
    if s := sections.get("start-up"):
        rows.append(["a whole command with a run of one second and one client", f"{s['ms']:.1f} ms"])
    if "percent" in (s := sections.get("simgrid", {})):
        rows.append(["SimGrid's share of the time on HERD-1E, 10,000 clients", f"{s['percent']:.2f} %"])
        rows.append(["loading libraries, before that run", f"{s['loading_percent']:.2f} %"])
    if "per_attempt" in (s := sections.get("instructions", {})):
        before = sections.get("before", {}).get("instructions", {}).get("per_attempt")
        rows.append(["instructions an attempt, HERD-1E, 1,000 clients",
                     f"{s['per_attempt']:,}" + (f" (before: {before:,})" if before else "")])
    return ["", "measured"], rows


def hold_rows(sections):
    header = ["delays", "pending", "agenda, ns", "4-ary heap, ns", "std::priority_queue, ns"]
    return header, [[row["delays"], f"{row['pending']:,}", *(f"{row[q]:.0f}" for q in ("agenda_ns", "heap4_ns", "heap2_ns"))]
                    for row in sections.get("hold", {}).get("rows", [])]


def complexity_rows(sections):
    return ["what grows", "ns an attempt"], [
        [what, " · ".join(f"{size:,}: {cost:,}" for size, cost in points)]
        for what, points in sections.get("complexity", {}).get("ns_per_attempt", {}).items()]


def profile_rows(sections):
    """The ten before beside the ten now, each in its own order."""
    tops = [s.get("profile", {}).get("top", []) for s in (sections.get("before", {}), sections)]
    cells = [[[f"{share:.1f} %", f"`{name}`"] for share, name in top] for top in tops]
    return ["", "before", "", "now"], [b + n for b, n in zip_longest(*cells, fillvalue=["", ""])]


TABLES = {"targets": target_rows, "cases": case_rows, "others": other_rows, "hold": hold_rows,
          "complexity": complexity_rows, "profile": profile_rows}


def wrong_models(sections):
    """What programs that claim to run HERD-1 did that HERD-1 does not."""
    return [f"{case['title']}: {name} does not run the model: {wrong}"
            for section in ORDER
            for case in sections.get(section, {}).get("cases", {}).values()
            for name, p in case["programs"].items()
            for wrong in p.get("off_the_reference", [])]


def markdown(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def plain(header, rows):
    table = [header, *rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(header))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths)).rstrip() for row in table) + "\n"
