"""The compiler on ordinary work: core's front end, every body of core, a greeting and the tour from source to a program."""
import os

from measure import ORACLE, ORACLE_LINK, ROOT, alternate, library, ratio, run

HELLO = """#![no_std]
#![no_main]
use core::fmt::{self, Write};
unsafe extern "C" { fn write(fd: i32, text: *const u8, size: usize) -> isize; }
struct Out;
impl Write for Out {
    fn write_str(&mut self, s: &str) -> fmt::Result { unsafe { write(1, s.as_ptr(), s.len()) }; Ok(()) }
}
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
#[unsafe(no_mangle)]
pub extern "C" fn main(count: i32, _arguments: *const *const u8) -> i32 {
    let _ = writeln!(Out, "Hello, world! {count}");
    0
}
"""


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
    hello = os.path.join(out, "hello.rs")
    with open(hello, "w", encoding="utf-8") as f:
        f.write(HELLO)
    greeting = ["--edition", "2021", "-C", "panic=abort", "-C", "link-arg=-lc", hello]
    run([ferric, *greeting, "-o", f"{out}/hello"])  # what is made on first use is there then
    yield ("hello, world with core::fmt to a program, not optimised",
           [ferric, *greeting, "-o", f"{out}/hello"],
           [ORACLE, *greeting, *ORACLE_LINK, "-o", f"{out}/hello.ref"])
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
