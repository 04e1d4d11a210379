"""The compiler on ordinary work: core's front end, every body of core, and the tour from source to a program."""
import os

from measure import ORACLE, ROOT, alternate, library, ratio


def commands(ferric, out):
    core = f"{library()}/core/src/lib.rs"
    tour = os.path.join(ROOT, "examples/rfl_tour.rs")
    common = ["--edition", "2024", "--crate-name", "core", "--crate-type", "lib", "-C", "panic=abort", core]
    program = ["--edition", "2021", "-O", "-C", "panic=abort", "-C", "relocation-model=static"]
    # The reference needs the features named, and has core compiled already.
    gated = os.path.join(out, "tour.rs")
    with open(tour, encoding="utf-8") as f, open(gated, "w", encoding="utf-8") as g:
        g.write(f.read().replace("#![no_main]", "#![no_main]\n#![feature(arbitrary_self_types, coerce_unsized, dispatch_from_dyn, unsize)]", 1))
    yield ("core: lex, parse, expand, resolve",
           [ferric, *common, "-Zunpretty=none"],
           [ORACLE, *common, "-Zno-analysis"])
    yield ("core: type check and MIR of every body | --emit=metadata",
           [ferric, *common, "--cap-lints", "allow", "-Zcheck-all-bodies", "-Zno-codegen"],
           [ORACLE, *common, "--cap-lints", "allow", "--emit=metadata", "-o", f"{out}/libcore.rmeta"])
    yield ("examples/rfl_tour.rs to a program (core from source | core precompiled)",
           [ferric, *program, "-C", "link-args=-nostartfiles -static -lc", "-o", f"{out}/tour", tour],
           [ORACLE, *program, "-C", "link-args=-nostartfiles -static -Wl,--defsym=rust_eh_personality=0", "-o", f"{out}/tour.ref", gated])


def section(ferric, out, runs=3):
    """Prints the table; returns (rows, all of them good)."""
    print(f"{'the compiler':<74} {'ferric':>16} {'reference':>16} {'CPU ratio':>10}")
    show = lambda m: f"{m[0]:.2f} s {m[1]:.0f} MB" if m else "failed"
    rows = []
    for name, ours, theirs in commands(ferric, out):
        a, b = alternate([ours, theirs], runs)
        rows.append({"what": name, "ferric": a, "reference": b})
        print(f"{name:<74} {show(a):>16} {show(b):>16} {ratio(a and a[0], b and b[0]):>10.2f}", flush=True)
    return rows, all(r["ferric"] and r["reference"] for r in rows)
