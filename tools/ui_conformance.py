#!/usr/bin/env python3
"""Runs the reference's own tests of the kernel's language features and prints how many give the reference's result.

`tools/ui_conformance.py FERRIC [--feature RX] [--tier A] [--lib RX] [--mode RX] [--path RX] [--strip] [--codes] [--out FILE]`

The material beside the project (../shared, or SHARED) has the tests with the reference's verdicts (ui/INDEX.tsv); without it the run is skipped, saying
so. Tests that need core or alloc run against the facade crate of tests/std_facade. --strip takes the #![feature] lines away first: nothing may change.

For each feature and tier: programs that pass (and run), tests of errors with the same lines, and with the same codes there. Three kinds of rows are
counted apart:
  borrow   all that is missing are borrow errors or lifetime errors (BORROW, or no code and a message about lifetimes), which have no check yet;
  gate     all that the reference reports is a feature gate (GATES), of which Ferric has none: it must accept the test;
  skipped  the reference has no verdict, or the test needs other crates or -Z flags.
--out writes a line for each row: verdict, feature, tier, path, revision, mode, what is missing, what is extra, the first error.
--codes prints the failing rows with the codes.
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

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.path.abspath(os.environ.get("SHARED") or os.path.join(HERE, "../../shared"))
FEATURES = ["1-arbitrary-self-types", "2-coerce-pointee", "3-asm-goto", "4-offset-of", "5-const-refs-to-static"]
BORROW = set("E0499 E0502 E0503 E0505 E0506 E0515 E0521 E0597 E0621 E0700 E0716".split())
LIFETIME = re.compile(r"lifetime|borrowed data")
GATES = ("E0658", "E0557") # feature gates and removed features
PASSES = ("run-pass", "check-pass", "build-pass")
FAILS = ("check-fail", "build-fail")
ERROR = re.compile(r"^error(?:\[(E\d+)\])?:[^\n]*\n(?:[^\n]*\n)??\s*--> ([^\n]*?):(\d+):\d+", re.M)
ANNOTATION = re.compile(r"//(?:\[(?P<revs>[\w\-, ]+)\])?~(?P<adjust>\||v+|\^*)(?P<text>.*)")
DIRECTIVE = re.compile(r"^\s*//@\s*(?:\[([\w\-, ]+)\])?\s*compile-flags:?\s*(.*?)\s*$", re.M)


def revision_flags(text, revision):
    """The compile-flags of a test for a revision: the index keeps only so many characters of them."""
    flags = []
    for revs, value in DIRECTIVE.findall(text):
        if not revs or revision in [r.strip() for r in revs.split(",")]:
            flags += shlex.split(value)
    return flags


def is_lifetime_error(text, revision, line):
    """Whether the test's own mark says that the error without a code on that line is about lifetimes."""
    last = 0
    for number, source in enumerate(text.split("\n"), 1):
        mark = ANNOTATION.search(source)
        if not mark or (mark["revs"] and revision not in [r.strip() for r in mark["revs"].split(",")]):
            continue
        adjust = mark["adjust"]
        at = last if adjust == "|" else number + len(adjust) if adjust.startswith("v") else number - len(adjust)
        last = at
        if at == line and LIFETIME.search(mark["text"]):
            return True
    return False


class Row:
    def __init__(self, fields):
        self.fields = fields
        self.feature, self.tier, self.path, self.revision, self.mode = (fields[k] for k in ("feature", "tier", "path", "revision", "mode"))
        self.file = os.path.join(SHARED, "ui", self.feature, self.path)
        with open(self.file, encoding="utf-8", errors="replace") as f:
            self.text = f.read()
        self.flags = revision_flags(self.text, self.revision)
        self.missing, self.extra, self.first = set(), set(), ""

    def is_skipped(self):
        f = self.fields
        return f["nightly"] not in ("ok", "ok-ran", "wording") or f["aux"] or f["minicore"] or any(x.startswith("-Z") for x in self.flags)

    def command(self, ferric, folder):
        command = [sys.executable, os.path.join(HERE, "compile_std_test.py"), ferric, self.file, "--edition", self.fields["edition"], *self.flags]
        if self.revision:
            command += ["--cfg", re.sub(r"\W", "_", self.revision.lower())]
        check = self.mode in ("check-pass", "check-fail")
        return command + (["--emit=metadata", "--out-dir", folder] if check else ["-o", os.path.join(folder, "a.out")])

    def run(self, ferric, strip):
        """The verdict: pass, codes (lines are the reference's, codes are not), fail, borrow or gate."""
        folder = tempfile.mkdtemp()
        try:
            code, err = call(self.command(ferric, folder), folder, 60, {"STRIP": "1" if strip else "0"})
            errors = re.findall(r"^error[^\n]*", err, re.M)
            self.first = (errors or [err.strip()[:100]])[0][:160]
            if self.mode in PASSES:
                return self.passes(code, os.path.join(folder, "a.out"))
            return self.compare(code, err)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def passes(self, code, program):
        if code:
            return "fail"
        if self.mode == "run-pass" and os.access(program, os.X_OK):
            code, _ = call([program], os.path.dirname(program), 20, {})
            self.first = f"the program exits with {code}"
        return "fail" if code else "pass"

    def compare(self, code, err):
        name = os.path.basename(self.path)
        got = {(int(line), c or "-") for c, file, line in ERROR.findall(err) if os.path.basename(file) == name}
        want = set()
        for item in self.fields["nightly_lines"].split():
            line, codes = item.split(":")
            want |= {(int(line[1:]), c if c.startswith("E0") else "-") for c in codes.split("+")}
        gates = {w for w in want if w[1] in GATES}
        if want and gates == want:
            return "gate" if code == 0 else "fail"
        want -= gates
        self.missing, self.extra = want - got, got - want
        if code and not self.missing and not self.extra:
            return "pass"
        if self.missing and not self.extra and all(c in BORROW or (c == "-" and is_lifetime_error(self.text, self.revision, n)) for n, c in self.missing):
            return "borrow"
        return "codes" if code and {n for n, _ in want} == {n for n, _ in got} else "fail"

    def describe(self):
        show = lambda s: " ".join(f"L{n}:{c}" for n, c in sorted(s))
        return [self.feature, self.tier, self.path, self.revision, self.mode, show(self.missing), show(self.extra), self.first]


def call(command, folder, limit, env):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limit, cwd=folder, env={**os.environ, **env})
    except subprocess.TimeoutExpired:
        return 124, f"error: no end within {limit} s"
    return done.returncode, done.stderr.decode("utf-8", "replace")


def rate(part, whole):
    return f"{part}/{whole}" + (f" ({100 * part / whole:.1f} %)" if whole else "")


def report(feature, tier, counts):
    passed, failed = (sum(counts[m, v] for m in PASSES for v in vs) for vs in (("pass",), ("fail",)))
    same, codes, wrong = (sum(counts[m, v] for m in FAILS) for v in ("pass", "codes", "fail"))
    apart = ", ".join(f"{sum(counts[m, v] for m in PASSES + FAILS)} {v}" for v in ("borrow", "gate", "skipped"))
    total = same + codes + wrong
    print(f"{feature} {tier}: pass {rate(passed, passed + failed)}, lines {rate(same + codes, total)}, codes {rate(same, total)}; apart: {apart}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("ferric")
    parser.add_argument("--feature", default="")
    parser.add_argument("--tier", default="AB")
    parser.add_argument("--lib", default=r"none|no_core|(no_std\+)?(core|alloc|none)")
    parser.add_argument("--mode", default="|".join(PASSES + FAILS))
    parser.add_argument("--path", default="")
    parser.add_argument("--strip", action="store_true")
    parser.add_argument("--codes", action="store_true")
    parser.add_argument("--out")
    o = parser.parse_args()
    index = os.path.join(SHARED, "ui/INDEX.tsv")
    if not os.path.exists(index):
        print(f"skipped: there is no {index}")
        return
    ferric = os.path.abspath(o.ferric)
    counts = collections.defaultdict(collections.Counter)
    out = open(o.out, "w", encoding="utf-8") if o.out else None
    with open(index, encoding="utf-8") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    for fields in rows:
        if fields["feature"] not in FEATURES or fields["tier"] not in o.tier or not fields["path"].startswith("ui/"):
            continue
        if not all(re.search(rx, fields[k]) for rx, k in ((o.feature, "feature"), (o.path, "path"))):
            continue
        if not all(re.fullmatch(rx, fields[k]) for rx, k in ((o.mode, "mode"), (o.lib, "libneed"))):
            continue
        row = Row(fields)
        verdict = "skipped" if row.is_skipped() else row.run(ferric, o.strip)
        counts[row.feature, row.tier][row.mode, verdict] += 1
        line = "\t".join([verdict, *row.describe()])
        if out:
            print(line, file=out, flush=True)
        if o.codes and verdict in ("fail", "codes"):
            print(line, flush=True)
    for (feature, tier), c in sorted(counts.items()):
        report(feature, tier, c)


if __name__ == "__main__":
    main()
