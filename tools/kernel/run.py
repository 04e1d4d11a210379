#!/usr/bin/env python3
"""Builds Debian's Linux 6.12 with Ferric as its rustc, boots it in QEMU, and says what of its Rust works.

Usage: run.py --ferric COMPILER [--config a|b|minimal] [--variant plain|size|checks] [--incremental] [--reference] [--work FOLDER] [--jobs N]
Run again, it goes on where it stopped. Exit status 0 when every check holds."""

import argparse
import os
import sys
from pathlib import Path

import incremental
import trial
from kbuild import FRAGMENTS, VARIANTS, Kbuild
from steps import StepFailed


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ferric", required=True, help="the compiler")
    parser.add_argument("--config", choices=FRAGMENTS, default="a", help="tools/kernel/CONFIG.config, beside common.config but for minimal")
    parser.add_argument("--variant", choices=VARIANTS, default="plain", help="another way of compiling the Rust of it")
    parser.add_argument("--incremental", action="store_true", help="check what is compiled again after a file was touched, too")
    parser.add_argument("--reference", action="store_true", help="build with the reference compiler, for comparison")
    parser.add_argument("--work", default="build-kernel", help="folder for source, build and logs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="jobs of make at once")
    return parser.parse_args()


def main():
    args = arguments()
    work = Path(args.work).resolve()
    kbuild = Kbuild(work, args.ferric, args.config, args.jobs, args.variant, args.reference)
    try:
        kbuild.unpack()
        kbuild.fetch_reference()
        kbuild.rust_available()
        checks = trial.build_and_boot(kbuild)
        if args.incremental:
            checks += incremental.check(kbuild)
    except StepFailed as failure:
        print(failure)
        sys.exit(1)
    for check in checks:
        print(check)
    failed = sum(not check.holds for check in checks)
    print(f"{len(checks) - failed} passed, {failed} failed; logs in {kbuild.steps.logs}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
