#!/usr/bin/env python3
"""Measures Ferric beside the reference compiler in one run and prints a table: CPU seconds (median of N), peak memory, ratios.

    bench/run.py --ferric build/bin/ferric [--runs 3] [--json FILE]

The reference is fetched by tools/oracle.sh. Nothing here asserts a time: it is a measurement.
"""
import argparse
import glob
import json
import os
import statistics
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ORACLE = os.path.join(ROOT, "tools/oracle.sh")


def library():
    found = sorted(glob.glob("/usr/src/rustc-*/library/core/src/lib.rs"))
    return os.environ.get("FERRIC_LIBRARY_SRC") or (os.path.dirname(os.path.dirname(os.path.dirname(found[-1]))) if found else None)


def measure(command, runs):
    """CPU seconds (median) and peak resident megabytes of a command; None when it fails."""
    times, peak = [], 0
    for _ in range(runs):
        with tempfile.TemporaryFile() as err:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=err)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
            if status != 0:
                err.seek(0)
                print(f"failed: {' '.join(command)}\n{err.read().decode('utf-8', 'replace')[-800:]}", file=sys.stderr)
                return None
        times.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1024)
    return statistics.median(times), peak


def rows(ferric, out):
    lib = library()
    core = f"{lib}/core/src/lib.rs"
    tour = os.path.join(ROOT, "examples/rfl_tour.rs")
    common = ["--edition", "2024", "--crate-name", "core", "--crate-type", "lib", "-C", "panic=abort", core]
    program = ["--edition", "2021", "-O", "-C", "panic=abort", "-C", "relocation-model=static"]
    # The reference needs the features named, and has core compiled already.
    gated = os.path.join(out, "tour.rs")
    with open(tour, encoding="utf-8") as f, open(gated, "w", encoding="utf-8") as g:
        g.write(f.read().replace("#![no_main]", "#![no_main]\n#![feature(arbitrary_self_types, coerce_unsized, dispatch_from_dyn, unsize)]", 1))
    yield ("core: lex, parse, expand, resolve",
           [ferric, *common, "-Zunpretty=none"],
           [ORACLE, *common, "-Zno-analysis"])
    yield ("examples/rfl_tour.rs to a program (core from source | core precompiled)",
           [ferric, *program, "-C", "link-args=-nostartfiles -static -lc", "-o", f"{out}/tour", tour],
           [ORACLE, *program, "-C", "link-args=-nostartfiles -static -Wl,--defsym=rust_eh_personality=0", "-o", f"{out}/tour.ref", gated])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ferric", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json")
    args = parser.parse_args()
    subprocess.run([ORACLE, "--fetch"], check=True)
    table = []
    with tempfile.TemporaryDirectory() as out:
        for name, ours, theirs in rows(os.path.abspath(args.ferric), out):
            a, b = measure(ours, args.runs), measure(theirs, args.runs)
            table.append({"what": name, "ferric": a, "reference": b})
    print(f"{'':<74} {'ferric':>16} {'reference':>16} {'CPU ratio':>10}")
    show = lambda m: f"{m[0]:.2f} s {m[1]:.0f} MB" if m else "failed"
    for row in table:
        a, b = row["ferric"], row["reference"]
        print(f"{row['what']:<74} {show(a):>16} {show(b):>16} {a[0] / b[0] if a and b else float('nan'):>10.2f}")
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump(table, f, indent=1)
    return 0 if all(r["ferric"] and r["reference"] for r in table) else 1


if __name__ == "__main__":
    sys.exit(main())
