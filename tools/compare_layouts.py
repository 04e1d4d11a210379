#!/usr/bin/env python3
"""Compares two outputs of -Zprint-type-sizes type by type: size, alignment, discriminant, variants, fields with their padding.

    tools/compare_layouts.py OURS THEIRS [--show N]

Types that only one side laid out are counted, not judged: which those are depends on what each compiles. Closures are left out, their
names hold a place in the source. The last line is the sum; the exit code says whether all common types are equal.
"""
import argparse
import re
import sys

HEAD = re.compile(r"^print-type-size type: `(.*)`: \d+ bytes, alignment: \d+ bytes$")


def types(path):
    found, block = {}, None
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line.startswith("print-type-size"):
                continue
            if head := HEAD.match(line):
                block = []
                # The same name may stand for several types (regions, disambiguated paths): keep all.
                found.setdefault(head.group(1), []).append(block)
            block.append(line.removeprefix("print-type-size "))
    return {name: blocks for name, blocks in found.items() if "{closure" not in name}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ours")
    parser.add_argument("theirs")
    parser.add_argument("--show", type=int, default=10)
    args = parser.parse_args()
    ours, theirs = types(args.ours), types(args.theirs)
    common = sorted(ours.keys() & theirs.keys())
    different = [name for name in common if not any(a in theirs[name] for a in ours[name])]
    for name in different[:args.show]:
        print(f"--- {name}")
        print("\n".join("  ferric    " + line for line in ours[name][0]))
        print("\n".join("  reference " + line for line in theirs[name][0]))
    print(f"layouts: {len(common) - len(different)} of {len(common)} common types equal, {len(different)} different; "
          f"{len(ours) - len(common)} only here, {len(theirs) - len(common)} only in the reference")
    return 1 if different or not common else 0


if __name__ == "__main__":
    sys.exit(main())
