#!/usr/bin/env python3
"""Builds Debian's Linux 6.12 with Ferric as its rustc, boots it in QEMU, and says what of its Rust works.

Usage: run.py --ferric COMPILER [--config a|b] [--work FOLDER] [--jobs N]
Run again, it goes on where it stopped. Exit status 0 when every check holds."""

import argparse
import os
import sys
from pathlib import Path

import boot
import verdict
from kbuild import Kbuild
from steps import StepFailed, Steps


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ferric", required=True, help="the compiler")
    parser.add_argument("--config", choices=["a", "b"], default="a", help="tools/kernel/CONFIG.config beside common.config")
    parser.add_argument("--work", default="build-kernel", help="folder for source, build and logs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="jobs of make at once")
    return parser.parse_args()


def check_all(steps, kbuild):
    """Boots twice and returns the checks."""
    checks = verdict.check_build(steps.log("build"))
    with steps.step("boot", "in QEMU, exercising samples and drivers"):
        lines = boot.boot(kbuild, steps.log("boot"))
    checks += verdict.check_boot(lines)
    if kbuild.has("CONFIG_RUST_KERNEL_DOCTESTS"):
        checks.append(verdict.check_doctests(lines, kbuild.out / "rust/doctests_kernel_generated_kunit.c"))
    picture = steps.logs / "panic.ppm"
    with steps.step("panic", "in QEMU, provoking a panic with its screen"):
        lines = boot.boot(kbuild, steps.log("panic"), f"{boot.VIDEO_MODE} test.panic", picture, "end Kernel panic")
    return [*checks, verdict.check_panic(lines, picture)]


def main():
    args = arguments()
    work = Path(args.work).resolve()
    steps = Steps(work / "logs" / args.config)
    kbuild = Kbuild(steps, work, args.ferric, args.config, args.jobs)
    try:
        kbuild.unpack()
        kbuild.fetch_reference()
        kbuild.rust_available()
        kbuild.configure()
        kbuild.build()
        checks = check_all(steps, kbuild)
    except StepFailed as failure:
        print(failure)
        sys.exit(1)
    for check in checks:
        print(f"{'ok  ' if check.holds else 'FAIL'} {check.name}: {check.found}")
    failed = sum(not check.holds for check in checks)
    print(f"{len(checks) - failed} passed, {failed} failed; logs in {steps.logs}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
