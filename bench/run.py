#!/usr/bin/env python3
"""Measures Ferric beside the reference compiler in one run and prints tables of ratios: CPU seconds (medians of alternating runs),
peak memory, instructions, text sizes.

    bench/run.py --ferric build/bin/ferric [front] [code] [stress] [kernel] [--only NAME..] [--runs N] [--json FILE]

front: the compiler on ordinary work; code: what it generates; stress: programs made to be hard, and how time grows with their size;
kernel: the Rust crates of a Linux build, when LINUX names its source.
The reference is fetched by tools/oracle.sh. Nothing here asserts a time: it is a measurement.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import front_end
import generated_code
import kernel
import stress
from measure import ORACLE


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", help="front, code, stress, kernel; all when none is named")
    parser.add_argument("--ferric", required=True)
    parser.add_argument("--runs", type=int, help="of each measurement, instead of what its section has")
    parser.add_argument("--only", nargs="+", help="programs of `code` and `stress` to measure")
    parser.add_argument("--no-instructions", action="store_true", help="do not count instructions")
    parser.add_argument("--json")
    args = parser.parse_args()
    unknown = set(args.sections) - {"front", "code", "stress", "kernel"}
    if unknown:
        parser.error(f"no section {', '.join(unknown)}")
    subprocess.run([ORACLE, "--fetch"], check=True)
    ferric = os.path.abspath(args.ferric)
    runs = {"runs": args.runs} if args.runs else {}
    sections = {
        "front": lambda out: front_end.section(ferric, out, **runs),
        "code": lambda out: generated_code.section(ferric, out, count=not args.no_instructions, only=args.only, **runs),
        "stress": lambda out: stress.section(ferric, out, only=args.only, **runs),
        "kernel": lambda out: kernel.section(ferric, out, **runs),
    }
    tables, good = {}, True
    with tempfile.TemporaryDirectory() as out:
        for name, measure in sections.items():
            if args.sections and name not in args.sections:
                continue
            tables[name], passed = measure(out)
            good &= passed
            print()
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump(tables, f, indent=1)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
