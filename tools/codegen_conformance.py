#!/usr/bin/env python3
"""Runs the reference's own FileCheck tests of LLVM IR and assembly (modes codegen and assembly of ../shared/ui/INDEX.tsv) that apply to x86-64.

`tools/codegen_conformance.py FERRIC [--feature RX] [--path RX] [--strip] [-v]` prints a line for each row that fails and the sums by feature. Rows for other
targets and rows that need the stub of core that lies beside rustc's tests are left out, saying how many. Skips, saying so, without ../shared.
"""
import argparse
import collections
import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
FILECHECK = "FileCheck-22"


def row_flags(row):
    """The row's flags as words; -Z ones only tune the reference."""
    words, out = shlex.split(row["flags"]), []
    i = 0
    while i < len(words):
        if words[i] == "-Z":
            i += 1
        elif not words[i].startswith("-Z"):
            out.append(words[i])
        i += 1
    return out


def target_of(flags):
    for i, f in enumerate(flags):
        if f == "--target":
            return flags[i + 1]
        if f.startswith("--target="):
            return f[9:]
    return "x86_64-unknown-linux-gnu"


def run_row(ferric, row, source, flags, strip):
    """None when the row passes, else why not."""
    folder = tempfile.mkdtemp()
    try:
        assembly = row["mode"] == "assembly"
        output = os.path.join(folder, "out.s" if assembly else "out.ll")
        cmd = [sys.executable, os.path.join(HERE, "compile_std_test.py"), ferric, source, "--edition", row["edition"], *flags]
        cmd += ["--emit=asm" if assembly else "--emit=llvm-ir", "-o", output, "-Cdebug-assertions=no", "-Ccodegen-units=1"]
        if not any("opt-level" in f or f == "-O" for f in flags):
            cmd.append("-O")
        prefixes = ["CHECK"]
        if row["revision"]:
            cmd += ["--cfg", re.sub(r"\W", "_", row["revision"].lower())]
            prefixes.append(row["revision"])
        env = {**os.environ, "STRIP": "1"} if strip else None
        result = subprocess.run(cmd, capture_output=True, text=True, cwd=folder, env=env)
        if result.returncode:
            errors = re.findall(r"^error[^\n]*", result.stderr, re.M)
            return errors[0] if errors else f"exit status {result.returncode}"
        check = [FILECHECK, "--input-file", output, source, "--allow-unused-prefixes", "--check-prefixes=" + ",".join(prefixes)]
        result = subprocess.run(check, capture_output=True, text=True)
        return None if result.returncode == 0 else "FileCheck: " + (result.stderr.splitlines() or ["no output"])[0].split(": ", 1)[-1]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ferric")
    parser.add_argument("--feature", default="", help="regular expression for the feature's name")
    parser.add_argument("--path", default="", help="regular expression for the test's path")
    parser.add_argument("--strip", action="store_true", help="without the #![feature] lines")
    parser.add_argument("-v", action="store_true", help="print rows that pass as well")
    args = parser.parse_args()
    ui = os.path.join(os.environ.get("SHARED") or os.path.join(HERE, "../../shared"), "ui")
    if not os.path.exists(os.path.join(ui, "INDEX.tsv")):
        print(f"skipped: there is no {ui}/INDEX.tsv")
        return 0
    if not shutil.which(FILECHECK):
        print(f"skipped: there is no {FILECHECK}")
        return 0
    sums, left_out = collections.Counter(), collections.Counter()
    with open(os.path.join(ui, "INDEX.tsv"), encoding="utf-8") as index:
        rows = list(csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        if row["mode"] not in ("codegen", "assembly") or not re.search(args.feature, row["feature"]) or not re.search(args.path, row["path"]):
            continue
        flags = row_flags(row)
        if row["nightly"] != "ok" or row["aux"] or row["libneed"] in ("std", "alloc"):
            left_out["library"] += 1
            continue
        if not target_of(flags).startswith("x86_64"):
            left_out["target"] += 1
            continue
        if row["minicore"]:
            left_out["stub of core"] += 1
            continue
        why = run_row(os.path.realpath(args.ferric), row, os.path.join(ui, row["feature"], row["path"]), flags, args.strip)
        sums[row["feature"], why is None] += 1
        if why or args.v:
            print("\t".join([row["feature"], row["path"], row["revision"], why or "ok"]))
    for feature in sorted({f for f, _ in sums}):
        print(f"{feature}: {sums[feature, True]} of {sums[feature, True] + sums[feature, False]}")
    print("left out: " + (", ".join(f"{n} ({why})" for why, n in sorted(left_out.items())) or "none"))
    return 0


sys.exit(main())
