#!/usr/bin/env python3
"""Checks that includes point downward only, and that no source file is over 1,000 lines.

The order of the phases is the list FERRIC_PHASES in src/CMakeLists.txt. Exits 1 with one line per offence.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Headers that only declare data of a later phase's results, so that a query can be declared below its maker.
DATA_ONLY = {"hir/hir.h", "mir/mir.h", "mir/const_value.h", "mir/alloc.h", "mir/const_result.h", "layout/target.h"}


def main():
    cmake = (ROOT / "src/CMakeLists.txt").read_text()
    phases = re.search(r"set\(FERRIC_PHASES\s+([^)]*)\)", cmake).group(1).split()
    rank = {phase: i for i, phase in enumerate(phases)}
    offences = []
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cpp", ".def"):
            continue
        phase = path.relative_to(ROOT / "src").parts[0]
        text = path.read_text()
        lines = text.count("\n")
        if lines > 1000:
            offences.append(f"{path.relative_to(ROOT)}: {lines} lines, more than 1,000")
        for number, line in enumerate(text.splitlines(), 1):
            include = re.match(r'#include "([a-z_0-9]+)/([^"]+)"', line)
            if not include or include.group(1) not in rank or f"{include.group(1)}/{include.group(2)}" in DATA_ONLY:
                continue
            if phase not in rank:
                offences.append(f"{path.relative_to(ROOT)}: folder {phase} is not in FERRIC_PHASES")
                break
            if rank[include.group(1)] > rank[phase]:
                offences.append(f"{path.relative_to(ROOT)}:{number}: {phase} includes {include.group(1)}, which is above it")
    print("\n".join(offences) if offences else f"layers: {len(phases)} phases, every include points downward")
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
