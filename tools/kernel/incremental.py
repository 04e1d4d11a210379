"""What make compiles again of the kernel's Rust after a file was touched: what rustc's dep-info files and Kbuild's rules ask for, which is
the same for any compiler that tells the truth about its sources (docs/kernel.md)."""

import os
import re

import rust
from verdict import Check

COMPILED = re.compile(r"^  RUSTC +(?:L |P |\[M\] )? *(\S+)$", re.MULTILINE)


def compiled_again(kbuild, touched=None):
    """The objects of Rust that make makes after `touched`, a path below the source, has got a new time, which it does not keep."""
    path = kbuild.source / touched if touched else None
    before = path and path.stat()
    if path:
        os.utime(path)
    try:
        kbuild.make("incremental", "bzImage", "modules")
    finally:
        if path:
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return set(COMPILED.findall(kbuild.steps.log("incremental").read_text(encoding="utf-8", errors="replace")))


def check(kbuild):
    """Checks on a folder whose build is complete."""
    kernel = {"rust/kernel.o", *rust.dependants_of_kernel(kbuild)}
    cases = [("nothing", None, set()),
             ("samples/rust/rust_minimal.rs", "samples/rust/rust_minimal.rs", {"samples/rust/rust_minimal.o"}),
             ("rust/kernel/print.rs", "rust/kernel/print.rs", kernel)]
    checks = []
    with kbuild.steps.step("incremental", "make after touching no, one and another Rust file"):
        for name, touched, want in cases:
            got = compiled_again(kbuild, touched)
            wrong = ", ".join([f"not {path}" for path in sorted(want - got)] + [f"also {path}" for path in sorted(got - want)])
            checks.append(Check(f"after touching {name}, what rustc would compile again", got == want, wrong or f"{len(got)} compiled"))
    return checks
