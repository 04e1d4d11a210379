#!/usr/bin/env python3
"""The kernel as a test suite, for `./x test` (docs/kernel-ci.md has the policy): all Rust of both configurations, and a kernel that boots.

Usage: suite.py --ferric COMPILER [--work FOLDER] [--jobs N]
A configuration with a C side in the work folder (a former `./x kernel`) is linked and booted; when none has one, the minimal kernel is.
A check is a test; the last line is the sum."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import incremental
import rust
import trial
import verdict
from kbuild import REFERENCE, TARBALL, VARIANTS, Kbuild
from steps import StepFailed
from verdict import Check

CONFIGURATIONS = ["a", "b"]
PROGRAMS = ["make", "clang-22", "ld.lld-22", "flex", "bison", "bc", "bindgen", "qemu-system-x86_64", "busybox"]


class Suite:
    """Runs parts, prints their checks as they come, and counts them."""

    def __init__(self, work, ferric, jobs):
        self.work, self.ferric, self.jobs = work, ferric, jobs
        self.passed = self.failed = 0

    def kbuild(self, config, variant="plain"):
        return Kbuild(self.work, self.ferric, config, self.jobs, variant)

    def part(self, name, run):
        """Runs a part, which returns checks. A step that fails in it is a failed check, and what would have followed is not counted."""
        try:
            checks = run()
        except StepFailed as failure:
            checks = [Check("goes to its end", False, str(failure))]
        for check in checks:
            check.name = f"kernel {name}: {check.name}"
            print(check, flush=True)
            self.passed += check.holds
            self.failed += not check.holds
        return all(check.holds for check in checks)

    def prepare(self):
        kbuild = self.kbuild("a")
        kbuild.unpack()
        kbuild.fetch_reference()
        return [Check("make rustavailable", True, kbuild.rust_available())]

    def rust_only(self, config):
        """All Rust of a configuration: a check an object, and one that nothing was warned of."""
        kbuild = self.kbuild(config)
        started = time.time()
        kbuild.rust_available()
        kbuild.configure()
        try:
            kbuild.build_rust()
            complete = True
        except StepFailed as failure:
            print(failure)
            complete = False
        made = {name: kbuild.out / name for name in rust.objects(kbuild)}
        # After a failure, an object from before tells nothing.
        good = {name: path.exists() and (complete or path.stat().st_mtime >= started) for name, path in made.items()}
        found = {name: f"{rust.text_size(path):,} bytes of code" if good[name] else "not made" for name, path in made.items()}
        return [Check(name, good[name], found[name]) for name in made] + verdict.check_warnings(kbuild.steps.log("build"))

    def whole(self, config, variant="plain"):
        kbuild = self.kbuild(config, variant)
        kbuild.rust_available()
        return trial.build_and_boot(kbuild)

    def run(self):
        if not self.part("source", self.prepare):
            return
        kept = [config for config in CONFIGURATIONS if self.kbuild(config).has_c_side]
        for config in CONFIGURATIONS:
            self.part(config, lambda config=config: self.whole(config) if config in kept else self.rust_only(config))
        linked = kept[0] if kept else "minimal"
        if not kept and not self.part(linked, lambda: self.whole(linked)):
            return
        self.part(linked, lambda: incremental.check(self.kbuild(linked)))
        for variant in list(VARIANTS)[1:]:
            self.part(f"{linked}, {variant}", lambda variant=variant: self.whole(linked, variant))


def missing():
    """What this machine lacks to build and boot a kernel."""
    lacking = [name for name in PROGRAMS if not shutil.which(name)] + ([] if TARBALL.exists() else [str(TARBALL)])
    if not lacking and subprocess.run([REFERENCE, "--fetch"], check=False).returncode != 0:
        lacking = [f"reference compiler ({REFERENCE.name} --fetch)"]
    return lacking


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ferric", required=True, help="the compiler")
    parser.add_argument("--work", default="build-kernel", help="folder for source, build and logs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="jobs of make at once")
    args = parser.parse_args()
    if lacking := missing():
        print(f"kernel: skipped, this machine has no {', '.join(lacking)}")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    work = Path(args.work).resolve()
    work.mkdir(parents=True, exist_ok=True)
    suite = Suite(work, args.ferric, args.jobs)
    suite.run()
    print(f"{suite.passed} passed, {suite.failed} failed")
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
