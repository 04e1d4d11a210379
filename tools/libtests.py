#!/usr/bin/env python3
"""Runs core's or alloc's own tests, compiled by the reference and by Ferric, and compares the results test by test.

    tools/libtests.py --ferric build/bin/ferric [--library core|alloc] [--jobs 2] [--levels 0,2] [--keep DIR] [--json FILE] [MODULE ...]

tools/extract_libtests.py makes a program of each module file. The reference's results are the measure: a test counts when the
reference compiles it and it passes there. Tests that a compiler reports errors in are taken out of its program, one after the other,
so that the others are still measured. The reference's results do not change and are kept in a cache folder (FERRIC_CACHE, else
~/.cache/ferric-libtests), by the program's text. Per module and level the table says how many tests count and how many give the same
result with Ferric, with the first cause of failure; then all failures by cause; the last line is the sum.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile

import extract_libtests

ROOT = extract_libtests.ROOT
ORACLE = os.path.join(ROOT, "tools/oracle.sh")
COMMON = ["--edition", "2024", "--crate-name", "libtest", "-C", "panic=abort", "--cap-lints", "allow", "--error-format=json", "-Zverify-llvm-ir"]
# The reference's core was built to unwind: it wants a personality that is never called.
LINK_REFERENCE = ["-C", "link-args=-lc -lm -Wl,--defsym=rust_eh_personality=0 -Wl,--defsym=_Unwind_Resume=0"]
LINK_FERRIC = ["-C", "link-args=-lc -lm", "-Z", "library-code=n"]  # the library's code is what is tested, at each level
CPU_LIMIT = 120  # seconds a compiler may take for one program
TEST = re.compile(r"/\*test (\S+?)\*/(.*?)/\*end of test\*/", re.S)
VERDICT = re.compile(r"^(ok|should_panic ok|ignored|FAIL) (\S+)(?: (.*))?$")


class Result:
    """What a program made by one compiler at one level says: verdicts by test, why tests were taken out, an error of the whole."""

    def __init__(self, verdicts=None, removed=None, error=None):
        self.verdicts, self.removed, self.error = verdicts or {}, removed or {}, error

    def to_json(self):
        return {"verdicts": self.verdicts, "removed": self.removed, "error": self.error}


def spans_of(message):
    """The places of an error, innermost first: primary spans, where their macros were called, then the notes'."""
    for span in [s for s in message["spans"] if s["is_primary"]] + [s for s in message["spans"] if not s["is_primary"]]:
        while span:
            yield span["file_name"], span["line_start"]
            span = (span.get("expansion") or {}).get("span")
    for child in message.get("children", []):
        yield from spans_of(child)


def errors_of(output):
    """The errors of a compiler's JSON output: (what, [places])."""
    found = []
    for line in output.splitlines():
        try:
            message = json.loads(line)
        except ValueError:
            if line.strip() and not found:
                found.append((line.strip()[:160], []))
            continue
        if message.get("level", "").startswith("error") and not message["message"].startswith(("aborting due", "could not compile")):
            code = (message.get("code") or {}).get("code")
            found.append(((f"[{code}] " if code else "") + message["message"].split("\n")[0], list(spans_of(message))))
    return found


class Source:
    """A program's text, from which tests and imports can be taken out without moving a line."""

    def __init__(self, text):
        self.text, self.removed = text, {}

    def _blank(self, start, end, instead=""):
        self.text = self.text[:start] + instead + "\n" * self.text.count("\n", start, end) + self.text[end:]

    def remove_at(self, line, why):
        """Takes out the test, import or feature that spans a line; whether there was one."""
        offset = sum(len(l) for l in self.text.splitlines(True)[:line - 1])
        end = self.text.find("\n", offset)
        for match in TEST.finditer(self.text):
            if match.start() <= end and offset < match.end():
                self.removed[match.group(1)] = why
                # Doc comments before a test need an item to belong to.
                self._blank(match.start(), match.end(), "const _: () = ();" if "libtest!" in match.group(2) else "")
                return True
        text = self.text[offset:end]
        if text.startswith("#![feature(") or re.match(r"\s*use [^;]*;$", text):
            self._blank(offset, end)
            return True
        return False


def limit_cpu():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT + 5))


def build(command, source, file):
    """Compiles a program, taking out what has errors until the rest compiles; the error that remains, or None."""
    for _ in range(40):
        with open(file, "w", encoding="utf-8") as f:
            f.write(source.text)
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=limit_cpu)
        if done.returncode == 0:
            return None
        if done.returncode == -signal.SIGXCPU:
            return f"compiler takes over {CPU_LIMIT} s"
        errors = errors_of(done.stderr.decode("utf-8", "replace")) or [(f"compiler exits with {done.returncode}", [])]
        before = source.text
        for what, places in sorted(errors, key=lambda e: -min([line for name, line in e[1] if name == file] or [0])):
            any(source.remove_at(line, what) for name, line in places if name == file)
        if source.text == before:
            return errors[0][0]
    return "errors without end"


def run(program):
    """Runs a program: (verdicts by test, panic messages by failed test)."""
    try:
        done = subprocess.run([program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=600)
    except subprocess.TimeoutExpired:
        return {}, "runs over 600 s"
    said = {}
    for part in done.stderr.decode("utf-8", "replace").split("== ")[1:]:
        name, _, rest = part.partition("\n")
        said[name] = " ".join(rest.split())[:160]
    verdicts = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        match = VERDICT.match(line)
        if match:
            verdict, name, detail = match.groups()
            verdicts[name] = verdict if verdict != "FAIL" else f"FAIL {detail}: {said.get(name, '')}"
    return verdicts, None if done.returncode == 0 else f"the program ends with {done.returncode}"


def measure(compiler, link, text, level, name, work):
    source = Source(text)
    file, program = os.path.join(work, name + ".rs"), os.path.join(work, f"{name}.{level}")
    error = build([*compiler, *COMMON, "-C", f"opt-level={level}", *link, "-o", program, file], source, file)
    if error:
        return Result(removed=source.removed, error=error), source.text
    verdicts, error = run(program)
    os.unlink(program)
    return Result(verdicts, source.removed, error), source.text


def reference(text, level, name, work):
    """The reference's result and the program that it could compile, from the cache when it has been measured."""
    folder = os.environ.get("FERRIC_CACHE") or os.path.expanduser("~/.cache/ferric-libtests")
    key = hashlib.sha256(json.dumps([text, level, COMMON, LINK_REFERENCE]).encode()).hexdigest()[:32]
    file = os.path.join(folder, key + ".json")
    if os.path.exists(file):
        with open(file, encoding="utf-8") as f:
            kept = json.load(f)
        return Result(kept["verdicts"], kept["removed"], kept["error"]), kept["text"]
    result, left = measure([ORACLE], LINK_REFERENCE, text, level, name + ".reference", work)
    os.makedirs(folder, exist_ok=True)
    with open(file + f".{os.getpid()}", "w", encoding="utf-8") as f:
        json.dump({**result.to_json(), "text": left}, f)
    os.replace(file + f".{os.getpid()}", file)
    return result, left


class Row:
    """One module at one level."""

    def __init__(self, module, level, theirs, ours):
        self.module, self.level, self.theirs, self.ours = module, level, theirs, ours
        self.counted = {n: v for n, v in theirs.verdicts.items() if v in ("ok", "should_panic ok")}
        self.failures = {n: cause for n, v in self.counted.items() if (cause := self._cause(n, v))}

    def _cause(self, name, wanted):
        verdict = self.ours.verdicts.get(name)
        if verdict == wanted:
            return None
        if verdict:
            return "runs: " + verdict
        if self.ours.error:
            return "program: " + self.ours.error
        last = name.rsplit("::", 1)[-1]
        return "compiles: " + (self.ours.removed.get(last) or next((w for n, w in self.ours.removed.items() if n.startswith("$")), "not run"))


def general(cause):
    """A cause without its particulars, to count equal ones together."""
    cause = re.sub(r"panicked at [^ ]*?([\w.]+):\d+:\d+:", r"panicked in \1:", cause)
    cause = re.sub(r"panicked in \S+\.ferric\.rs:", "panicked:", cause)
    cause = re.sub(r"\b(0x)?\d[\d_.]*(e-?\d+)?\b", "N", cause)
    return cause[:150]


def one(job):
    module, text, level, ferric, work, keep = job
    name = module.replace("::", "-") + f".{level}"
    theirs, left = reference(text, level, name, work)
    if theirs.error or not theirs.verdicts:
        return Row(module, level, theirs, Result())
    ours, _ = measure([ferric], LINK_FERRIC, left, level, name + ".ferric", work)
    if keep:
        with open(os.path.join(keep, name + ".rs"), "w", encoding="utf-8") as f:
            f.write(left)
    return Row(module, level, theirs, ours)


def print_row(row):
    same = len(row.counted) - len(row.failures)
    out = len(row.theirs.verdicts) - len(row.counted)
    what = ""
    if row.theirs.error:
        what = "left out: " + row.theirs.error
    elif row.failures:
        name, cause = next(iter(row.failures.items()))
        what = f"{name.rsplit('::', 1)[-1]}: {cause}"
    print(f"{row.module:<36} O{row.level} {len(row.counted):>5} {same:>5} {out:>4} {len(row.theirs.removed):>4}  {what[:150]}", flush=True)


def summary(rows, levels, library):
    print("\nfailures by cause")
    causes = collections.Counter()
    where = {}
    for row in rows:
        for name, cause in row.failures.items():
            causes[general(cause)] += 1
            where.setdefault(general(cause), f"O{row.level} {name}")
    for cause, count in causes.most_common():
        print(f"{count:>5}  {cause}  ({where[cause]})")
    print("\nleft out: what the reference cannot compile without std")
    reasons = collections.Counter(why for row in rows if row.level == levels[0]
                                  for why in ([row.theirs.error] if row.theirs.error else row.theirs.removed.values()))
    for why, count in reasons.most_common():
        print(f"{count:>5}  {why[:150]}")
    sums = []
    for level in levels:
        counted = sum(len(r.counted) for r in rows if r.level == level)
        same = counted - sum(len(r.failures) for r in rows if r.level == level)
        sums.append(f"O{level} {same} of {counted} the same ({100 * same / max(counted, 1):.1f} %)")
    print(f"{library}'s tests: " + ", ".join(sums))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ferric", required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--levels", default="0,2")
    parser.add_argument("--keep", help="a folder to leave the programs in")
    parser.add_argument("--json", help="a file to write all results to")
    parser.add_argument("--library", choices=extract_libtests.FACADES, default="core")
    parser.add_argument("--source", help="the folder of the tests")
    parser.add_argument("modules", nargs="*")
    args = parser.parse_args()
    subprocess.run([ORACLE, "--fetch"], check=True)
    if args.keep:
        os.makedirs(args.keep, exist_ok=True)
    levels = args.levels.split(",")
    wanted = [(m, t) for m, t in extract_libtests.programs(args.source, args.library) if not args.modules or m in args.modules]
    print(f"{'module':<36} {'':2} {'count':>5} {'same':>5} {'fail':>4} {'out':>4}  (fail: with the reference; out: cannot be compiled without std)")
    with tempfile.TemporaryDirectory() as work, concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        jobs = [(m, t, level, os.path.abspath(args.ferric), work, args.keep) for m, t in wanted for level in levels]
        rows = []
        for done in concurrent.futures.as_completed([pool.submit(one, job) for job in jobs]):
            rows.append(done.result())
            print_row(rows[-1])
    order = [m for m, _ in wanted]
    rows.sort(key=lambda row: (order.index(row.module), row.level))
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump([{"module": r.module, "level": r.level, "failures": r.failures, "reference": r.theirs.to_json(),
                        "ferric": r.ours.to_json()} for r in rows], f, indent=1)
    summary(rows, levels, args.library)
    return 1 if any(r.failures for r in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
