#!/usr/bin/env python3
"""Runs every test suite and prints one sum as the last line: `N passed, N failed`, with `, N skipped` when some were.

Suites: the layering check, the GoogleTest binaries in BUILD/bin, the lit suites tests/cli and tests/ui, the bodies of core and
alloc against the floor tests/floors/bodies.json, and, where --suite asks for it, the kernel (docs/kernel-ci.md).
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIT = "/usr/lib/llvm-22/bin/lit"


class Sum:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, passed, failed, skipped=0):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped

    def __str__(self):
        text = f"{self.passed} passed, {self.failed} failed"
        return text + (f", {self.skipped} skipped" if self.skipped else "")


def layers():
    done = subprocess.run([os.path.join(ROOT, "tools/check_layers.py")])
    return (1, 0, 0) if done.returncode == 0 else (0, 1, 0)


def unit(binary):
    done = subprocess.run([binary, "--gtest_brief=1"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=ROOT)
    number = lambda pattern: int(m.group(1)) if (m := re.search(pattern, done.stdout)) else 0
    passed = number(r"\[  PASSED  \] (\d+) test")
    skipped = number(r"\[  SKIPPED \] (\d+) test")
    ran = number(r"\[==========\] (\d+) test")
    failed = max(ran - passed - skipped, 1 if done.returncode else 0)
    if failed:
        print(done.stdout)
    print(f"{os.path.basename(binary)}: {passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return passed, failed, skipped


def lit(build, compiler, suite, tests=()):
    command = [sys.executable, LIT, "-sv", f"--param=compiler={compiler}", f"--param=filecheck=/usr/lib/llvm-22/bin/FileCheck",
               f"--param=work={os.path.join(os.path.abspath(build), suite)}",
               f"--param=library={library_source()}", *(tests or [os.path.join(ROOT, "tests", suite)])]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=ROOT)
    print(done.stdout.strip())
    number = lambda name: int(m.group(1)) if (m := re.search(rf"^\s*{name}\s*:\s*(\d+)", done.stdout, re.M)) else 0
    passed, failed = number("Passed"), number("Failed") + number("Unresolved") + number("Timed Out")
    if not passed and not failed and not number("Unsupported"):
        failed = 1
    return passed, failed, number("Unsupported")


def library_source():
    """The folder of core's source, None when there is none."""
    found = sorted(glob.glob("/usr/src/rustc-*/library"))
    return os.environ.get("FERRIC_LIBRARY_SRC") or (found[-1] if found else None)


def bodies(ferric, raise_floor):
    """Every body of core and alloc is checked and lowered to verified LLVM IR; per part and phase, failures may not exceed the
    floor's, nor successes fall below it. Numbers better than the floor are to be written into it (--raise-floor)."""
    library = library_source()
    if not library:
        print("bodies: skipped, there is no source of core")
        return 0, 0, 1
    command = [ferric, "--edition", "2024", "--crate-name", "alloc", "--crate-type", "lib", "-C", "panic=abort",
               os.path.join(library, "alloc/src/lib.rs"), "-Zcheck-all-bodies", "--error-format=json", "--cap-lints=allow"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
    rows = {f"{row['group']}: {row['phase']}": row for row in map(json.loads, done.stdout.splitlines())}
    path = os.path.join(ROOT, "tests/floors/bodies.json")
    with open(path, encoding="utf-8") as file:
        floor = json.load(file)
    passed = failed = 0
    for name, want in floor.items():
        row = rows.get(name, {"total": 0, "failed": 0, "causes": []})
        good = row["failed"] <= want["failed"] and row["total"] - row["failed"] >= want["ok"]
        passed, failed = passed + good, failed + (not good)
        print(f"bodies: {name}: {row['total'] - row['failed']} ok, {row['failed']} failed" +
              ("" if good else f" (the floor is {want['ok']} ok, {want['failed']} failed)"))
        for cause in [] if good else row["causes"]:
            print(f"  {cause['count']} {cause['text']}\n    e.g. {cause['example']}")
    if done.returncode or not rows:
        print(f"bodies: exit code {done.returncode}\n{done.stderr[-2000:]}")
        failed += 1
    elif raise_floor:
        with open(path, "w", encoding="utf-8") as file:
            json.dump({name: {"ok": r["total"] - r["failed"], "failed": r["failed"]} for name, r in rows.items()}, file, indent=1)
            file.write("\n")
    return passed, failed, 0


def kernel(ferric, cache):
    """tools/kernel/suite.py, whose last line is a sum like ours. `cache` is where the user's caches are, ccache's among them."""
    environment = dict(os.environ, CCACHE_DIR=os.environ.get("CCACHE_DIR") or os.path.join(cache, "ccache"))
    process = subprocess.Popen([os.path.join(ROOT, "tools/kernel/suite.py"), "--ferric", ferric, "--work", os.path.join(ROOT, "build-kernel")],
                               stdout=subprocess.PIPE, text=True, errors="replace", env=environment)
    line = ""
    for line in process.stdout:
        print(line, end="", flush=True)
    done = re.fullmatch(r"(\d+) passed, (\d+) failed(?:, (\d+) skipped)?", line.strip())
    if process.wait() > 1 or not done:
        print(f"kernel: exit code {process.returncode}")
        return 0, 1, 0
    return tuple(int(number or 0) for number in done.groups())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"))
    parser.add_argument("--compiler", help="run the ui suite with another rustc-like compiler (the reference, to check the tests)")
    parser.add_argument("--suite", choices=["layers", "unit", "cli", "ui", "bodies", "kernel"], action="append")
    parser.add_argument("--raise-floor", action="store_true", help="write what the bodies suite finds into its floor")
    parser.add_argument("tests", nargs="*", help="ui tests or folders")
    args = parser.parse_args()
    suites = args.suite or (["ui"] if args.tests or args.compiler else ["layers", "unit", "cli", "ui", "bodies"])
    total = Sum()
    # Where tools/oracle.sh keeps the reference, which compiles the proc macros of tests.
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.environ.get("HOME", "/nowhere"), ".cache")
    os.environ.setdefault("ORACLE_HOME", os.path.join(cache, "ferric-oracle"))
    if not args.compiler:  # Ferric's images of the library, apart from the user's own
        os.environ["XDG_CACHE_HOME"] = os.path.join(os.path.abspath(args.build), "cache")
    if "layers" in suites:
        total.add(*layers())
    if "unit" in suites:
        for binary in sorted(glob.glob(os.path.join(args.build, "bin", "*_test"))):
            total.add(*unit(binary))
    ferric = os.path.join(os.path.abspath(args.build), "bin", "ferric")
    compiler = args.compiler or ferric
    for suite in ("cli", "ui"):
        if suite in suites:
            total.add(*lit(args.build, compiler, suite, args.tests if suite == "ui" else ()))
    if "bodies" in suites:
        total.add(*bodies(ferric, args.raise_floor))
    if "kernel" in suites:
        total.add(*kernel(ferric, cache))
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
