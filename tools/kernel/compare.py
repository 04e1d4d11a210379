#!/usr/bin/env python3
"""Compares a kernel that Ferric built with one that the reference compiler built from the same C side: code size, symbols, time in QEMU.

Usage: compare.py [--work FOLDER] [--config a|b|minimal] [--variant plain|size|checks] [--boots N] [--symbols] [--limit RATIO]
Both must have been built (`./x kernel --config X`, then the same with `--reference`). Exit status 1 when the code is more than --limit times
the reference's (1.1).

- Size: bytes of the sections that hold code, per Rust object; the linker throws nothing of these away, so their sum is vmlinux's Rust text
  and that of rust_print.ko.
- Symbols: functions and data that an object defines, demangled. --symbols lists what one has and the other has not.
- Time: the boots alternate. `instructions` counts what the guest executes (QEMU's -icount, a nanosecond an instruction), which the machine's
  load does not change; `seconds` is the guest's clock without it."""

import argparse
import re
import statistics
import subprocess
import sys
from collections import Counter
from pathlib import Path

import boot
import rust
from kbuild import FRAGMENTS, VARIANTS, Kbuild

ICOUNT = ["-icount", "shift=0,sleep=off"]


def symbols(path):
    """{kind and demangled name: how often} of what an object defines; T, D and the like, in upper case whatever the linkage."""
    listing = subprocess.run(["llvm-nm-22", "--defined-only", "--demangle", "--format=posix", path], capture_output=True, text=True, check=True).stdout
    rows = [re.fullmatch(r"(.*) ([A-Za-z]) [0-9a-f]* ?[0-9a-f]*", line) for line in listing.splitlines()]
    return Counter(f"{row[2].upper()} {row[1]}" for row in rows if row and not row[1].startswith((".L", "__pfx_", "anon.", ".Lanon")))


def ratio(ours, theirs):
    return f"{ours / theirs:7.3f}" if theirs else "      -"


def compare_objects(ours, theirs, show_symbols):
    """Prints the table; returns the sums of code."""
    print(f"{'object':<36} {'code':>8} {'reference':>10} {'ratio':>7} {'symbols':>8} {'reference':>10} {'missing':>8} {'more':>5}")
    sums = [0, 0]
    for name in rust.objects(ours):
        sizes = [rust.text_size(side.out / name) for side in (ours, theirs)]
        names = [symbols(side.out / name) for side in (ours, theirs)]
        missing, more = names[1] - names[0], names[0] - names[1]
        print(f"{name:<36} {sizes[0]:>8,} {sizes[1]:>10,} {ratio(*sizes)} {names[0].total():>8} {names[1].total():>10} "
              f"{missing.total():>8} {more.total():>5}")
        if show_symbols:
            for sign, diff in (("-", missing), ("+", more)):
                print("".join(f"  {sign} {symbol}\n" for symbol in sorted(diff.elements())), end="")
        sums = [total + size for total, size in zip(sums, sizes)]
    print(f"{'all':<36} {sums[0]:>8,} {sums[1]:>10,} {ratio(*sums)}")
    return sums


TIMED = {"dd reads rnullb0": (r"rnullb0: read begins", r"rnullb0: read ends"),
         "dd writes rnullb0": (r"rnullb0: write begins", r"rnullb0: write ends"),
         "KUnit runs the doctests": (r"    1\.\.\d+", r"# Totals: pass:.*")}


def durations(lines):
    """What the clock of the kernel's log says of one boot: {part: seconds}."""
    def time(pattern):
        return next((float(match[1]) for line in lines if (match := re.fullmatch(rf"\[ *([\d.]+)\] {pattern}", line))), None)
    ends = {part: (time(begin), time(end)) for part, (begin, end) in TIMED.items()}
    return {part: end - begin for part, (begin, end) in ends.items() if begin is not None and end is not None}


def compare_times(ours, theirs, boots, unit, options):
    print(f"{unit:<36} {'median':>8} {'reference':>10} {'ratio':>7}   all, ours / the reference's")
    runs = [[durations(boot.boot(side, side.steps.log(f"boot-{unit}"), options=options)) for side in (ours, theirs)] for _ in range(boots)]
    for part in runs[0][0]:
        rows = [[run[side][part] for run in runs] for side in (0, 1)]
        medians = [statistics.median(row) for row in rows]
        print(f"{part:<36} {medians[0]:>8.4f} {medians[1]:>10.4f} {ratio(*medians)}   " + " / ".join(" ".join(f"{t:.3f}" for t in row) for row in rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--work", default="build-kernel", help="folder for source, build and logs")
    parser.add_argument("--config", choices=FRAGMENTS, default="a")
    parser.add_argument("--variant", choices=VARIANTS, default="plain", help="which one was built last, for the place of the logs")
    parser.add_argument("--boots", type=int, default=0, help="how often to boot each kernel for the times")
    parser.add_argument("--symbols", action="store_true", help="list the symbols that differ")
    parser.add_argument("--limit", type=float, default=1.1, help="the most that the code may be of the reference's")
    args = parser.parse_args()
    ours, theirs = [Kbuild(Path(args.work).resolve(), "", args.config, 1, args.variant, reference) for reference in (False, True)]
    if ours.built_variant != theirs.built_variant:
        sys.exit(f"{ours.out} holds {ours.built_variant}, {theirs.out} {theirs.built_variant}: build one variant with both compilers")
    code = compare_objects(ours, theirs, args.symbols)
    if args.boots:
        compare_times(ours, theirs, args.boots, "instructions", ICOUNT)
        compare_times(ours, theirs, args.boots, "seconds", [])
    sys.exit(1 if code[0] > args.limit * code[1] else 0)


if __name__ == "__main__":
    main()
