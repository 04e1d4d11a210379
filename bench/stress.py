"""Programs made to be hard. First rustc-perf's stress programs that need neither std nor another crate, adapted to `no_std` as they are
copied from the reference's source package; then programs of a shape (shapes.py) at sizes n, 2n and 4n, whose time must grow no faster than
they do. Times are CPU seconds of checking everything and of code generation at opt-level 0, without what an empty crate takes, which
for Ferric is the front end of core, compiled from source, and for the reference the loading of core's metadata."""
import math
import os
import re
import shutil

import shapes
from measure import ORACLE, alternate, library, ratio

# Folder, root file.
PROGRAMS = [("coercions", "src/main.rs"), ("ctfe-stress-5", "src/lib.rs"), ("deep-vector", "src/main.rs"), ("derive", "src/lib.rs"),
            ("externs", "src/lib.rs"), ("issue-58319", "src/main.rs"), ("many-assoc-items", "src/lib.rs"), ("match-stress", "src/lib.rs"),
            ("tuple-stress", "src/main.rs"), ("ucd", "src/lib.rs"), ("unify-linearly", "src/main.rs"), ("unused-warnings", "src/main.rs"),
            ("wf-projection-stress-65510", "src/lib.rs"), ("bitmaps-3.2.1", "src/lib.rs"), ("typenum-1.18.0", "src/lib.rs")]
FLAGS = ["--crate-type", "lib", "-C", "panic=abort", "-C", "codegen-units=1", "--cap-lints", "allow", "--emit=obj"]
BOX = "#[derive(PartialEq, Eq, Clone, Debug)] pub struct Box<T: 'static>(&'static T);\n"
VEC = "extern crate alloc; pub use alloc::vec::Vec;\n"


def sources():
    folder = os.path.join(os.path.dirname(library() or "/nowhere/library"), "src/tools/rustc-perf/collector/compile-benchmarks")
    return folder if os.path.isdir(folder) else None


def edition_of(folder):
    with open(os.path.join(folder, "Cargo.toml"), encoding="utf-8") as f:
        found = re.search(r'^edition *= *"(\d+)"', f.read(), re.M)
    return found[1] if found else "2015"


def adapt(root):
    """Makes a copied crate need only core, or alloc: `std` is another name of core, `vec!` makes a slice, a box is a reference."""
    uses_vec = False
    for folder, _, files in os.walk(os.path.dirname(root)):
        for name in files:
            if not name.endswith(".rs"):
                continue
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as f:
                text = f.read()
            text = re.sub(r"\bvec!", "slice_of!", text)
            uses_vec |= bool(re.search(r"(?<![\w:])Vec<", text))
            text = re.sub(r"(?<![\w:])(Box|Vec)<", r"crate::\1<", text)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
    with open(root, encoding="utf-8") as f:
        text = f.read()
    if re.search(r"^#!\[(cfg_attr\(.*)?no_std", text, re.M):
        return
    all_lines = text.split("\n")
    inner = [l for l in all_lines if re.match(r"\s*(#!\[|//!)", l)]
    rest = [l for l in all_lines if not re.match(r"\s*(#!\[|//!)", l)]
    macro = "macro_rules! slice_of { ($($t:tt)*) => { &[$($t)*] }; }"
    with open(root, "w", encoding="utf-8") as f:
        f.write("\n".join(["#![no_std]", *inner, macro, "extern crate core as std;", BOX + (VEC if uses_vec else ""), *rest]))


def commands(ferric, source, edition, out):
    common = ["--edition", edition, *FLAGS, source]
    return [[ferric, *common, "-o", out + ".ferric.o"], [ORACLE, *common, "-o", out + ".reference.o"]]


def write(path, text):
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    return path


def empty(ferric, out, runs):
    """What a crate with nothing in it takes."""
    results = alternate(commands(ferric, write(f"{out}/empty.rs", "#![no_std]\n"), "2021", f"{out}/empty"), max(runs, 3))
    return [r[0] if r else 0 for r in results]


def stress_programs(ferric, out, runs, base, only):
    folder = sources()
    if not folder:
        print("rustc-perf's programs: not in the source package, skipped")
        return [], True
    print(f"{'rustc-perf programs, net CPU':<32} {'ferric':>18} {'reference':>18} {'ratio':>7}  (empty crate: {base[0]:.2f} s, {base[1]:.2f} s)")
    rows = []
    for name, root in PROGRAMS:
        if only and name not in only:
            continue
        copy = os.path.join(out, name)
        shutil.copytree(os.path.join(folder, name), copy)
        adapt(os.path.join(copy, root))
        a, b = alternate(commands(ferric, os.path.join(copy, root), edition_of(copy), copy), runs)
        net = [m and max(m[0] - t, 0.01) for m, t in zip((a, b), base)]
        rows.append({"program": name, "ferric": a, "reference": b, "net": net})
        show = lambda m, n: f"{n:>8.2f} s {m[1]:>5.0f} MB" if m else "failed"
        print(f"{name:<32} {show(a, net[0]):>18} {show(b, net[1]):>18} {ratio(*net):>7.2f}", flush=True)
    return rows, all(r["ferric"] and r["reference"] for r in rows)


def growth(ferric, out, runs, base, only):
    print(f"{'growth, net CPU':<24} {'4n':>7} {'at n':>8} {'2n':>8} {'4n':>8} {'power':>6} {'reference 4n':>13} {'power':>6} {'ratio':>6}")
    rows, good = [], True
    for shape in shapes.CHECK:
        name = shape.__name__
        if only and name not in only:
            continue
        largest = shapes.SIZES.get(name, 2000)
        times = []
        for size in (largest // 4, largest // 2, largest):
            text = shape(size)
            source = write(f"{out}/{name}.rs", text if text.startswith("#![") else "\n" + text)
            with open(source, encoding="utf-8") as f:
                text = f.read()
            write(source, "#![no_std]\n" + text)
            results = alternate(commands(ferric, source, "2021", f"{out}/{name}"), runs)
            times.append([r and max(r[0] - t, 0.01) for r, t in zip(results, base)])
        ours, theirs = [[t[i] for t in times] for i in (0, 1)]
        good &= all(ours) and all(theirs)
        # Below a few hundredths of a second there is nothing to tell.
        power = lambda t: math.log2(t[2] / t[1]) if all(t) and t[2] > 0.1 else float("nan")
        rows.append({"shape": name, "largest": largest, "ferric": ours, "reference": theirs, "power": power(ours)})
        show = lambda t: f"{t:.2f} s" if t else "failed"
        print(f"{name:<24} {largest:>7} {show(ours[0]):>8} {show(ours[1]):>8} {show(ours[2]):>8} {power(ours):>6.2f} {show(theirs[2]):>13} "
              f"{power(theirs):>6.2f} {ratio(ours[2], theirs[2]):>6.2f}", flush=True)
    return rows, good


def section(ferric, out, runs=1, only=None):
    """Prints both tables; returns (rows, all compiled by both)."""
    base = empty(ferric, out, runs)
    programs, first = stress_programs(ferric, out, runs, base, only)
    print()
    shapes_rows, second = growth(ferric, out, runs, base, only)
    return {"programs": programs, "growth": shapes_rows}, first and second
