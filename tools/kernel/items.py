#!/usr/bin/env python3
"""Compares the items that Ferric and the reference compiler make code of in each Rust crate of a kernel (-Zprint-mono-items).

Usage: items.py --ferric COMPILER [--work FOLDER] [--config a|b|minimal] [--list]
Both kernels must have been built (`./x kernel --config X`, then the same with `--reference`): their commands are run again, in Kbuild's order,
with the outputs elsewhere. rustc collects after it has inlined MIR, which Ferric does not do: what is inlined everywhere is no item there. So
Ferric's set of a crate must lie between two of the reference's: all that it makes must be there, and nothing that it does not make
without inlining (-Zinline-mir=no) in that crate or, for small functions are made by their users, in another. Names are compared as
tools/compare_items.py does. --list shows what is outside."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import rust
from kbuild import FRAGMENTS, Kbuild

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import compare_items  # pylint: disable=wrong-import-position


def command_of(kbuild, name, scratch):
    """Kbuild's saved command for an object, its compiler's part, with outputs and inputs in `scratch`."""
    saved = (kbuild.out / name).with_name(f".{Path(name).name}.cmd").read_text().splitlines()[0].split(":=", 1)[1]
    command = re.split(r" ?;", saved.replace("$(pound)", "#").replace("$$", "$"))[0]
    command = re.sub(r"--emit=dep-info=\S+|--out-dir \S+", "", command)
    command = re.sub(r"--emit=(obj|metadata)=(\S+)", lambda match: f"--emit={match[1]}={scratch / Path(match[2]).name}", command)
    return re.sub(r"-L ?\./rust/?", f"-L{scratch}", command) + " -Zprint-mono-items"


def items(kbuild, flags, scratch):
    """{object: items} of every Rust crate of a kernel."""
    (scratch / "libmacros.so").symlink_to(kbuild.out / "rust/libmacros.so")
    found = {}
    for name in rust.objects(kbuild):
        done = subprocess.run(f"{command_of(kbuild, name, scratch)} {flags}", shell=True, cwd=kbuild.out, capture_output=True, text=True,
                              check=False, env={**os.environ, "RUSTC_BOOTSTRAP": "1"})
        if done.returncode:
            sys.exit(f"{name}: {done.stderr}")
        lines = [line[len("MONO_ITEM "):] for line in done.stdout.splitlines() if line.startswith("MONO_ITEM ")]
        found[name] = set(compare_items.normal(re.sub(r" @@ .*", "", line)) for line in lines)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--ferric", required=True, help="the compiler")
    parser.add_argument("--work", default="build-kernel", help="folder for source, build and logs")
    parser.add_argument("--config", choices=FRAGMENTS, default="a")
    parser.add_argument("--list", action="store_true", help="list what differs")
    args = parser.parse_args()
    sides = [Kbuild(Path(args.work).resolve(), args.ferric, args.config, 1, reference=reference) for reference in (False, True)]
    ways = ((sides[0], ""), (sides[1], ""), (sides[1], "-Zinline-mir=no"))
    found = []
    for side, flags in ways:
        with tempfile.TemporaryDirectory() as scratch:
            found.append(items(side, flags, Path(scratch)))
    ours, inlined, plain = found
    anywhere = set().union(*plain.values())
    print(f"{'crate':<36} {'items':>6} {'reference, inlined':>19} {'not inlined':>12} {'missing':>8} {'too much':>9}")
    for name in ours:
        missing = sorted(item for item in inlined[name] if item not in ours[name])
        more = sorted(item for item in ours[name] if item not in anywhere)
        print(f"{name:<36} {len(ours[name]):>6} {len(inlined[name]):>19} {len(plain[name]):>12} {len(missing):>8} {len(more):>9}")
        if args.list:
            print("".join(f"  - {item}\n" for item in missing) + "".join(f"  + {item}\n" for item in more), end="")


if __name__ == "__main__":
    main()
