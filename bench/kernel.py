"""The Rust crates of a Linux 6.12 build, with the recorded command lines of a real one, by both compilers: CPU seconds and peak
memory of each crate, and their sums. Needs the unpacked source of the kernel, which LINUX names, and the recorded build in
SHARED/kernel, beside the project; says so and measures nothing without them."""
import os
import statistics
import subprocess

from measure import ORACLE, ROOT, library, ratio

CRATES = "core compiler_builtins ffi build_error bindings uapi kernel rust_minimal rust_print ax88796b_rust qt2025 rnull drm_panic_qr".split()


def replay(script, compiler, out, wanted):
    """One replay: {crate: (CPU seconds, wall seconds, megabytes)} of those that compiled."""
    env = dict(os.environ, RUSTC=compiler, MACROSRUSTC=ORACLE, OUT=out, LIB=library(), SET=os.environ.get("SET", "a"), KEEP_GOING="1")
    done = subprocess.run(["bash", script, *wanted], env=env, stdout=subprocess.PIPE, text=True)
    times = {}
    with open(os.path.join(out, "replay-times.tsv"), encoding="utf-8") as f:
        for line in f:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 5 and f"ok    {fields[0]} " in done.stdout.replace("\t", " "):
                wall, user, system, kilobytes = map(float, fields[1:])
                times[fields[0]] = (user + system, wall, kilobytes / 1024)
    return times


def section(ferric, out, runs=3):
    """Prints the table; returns (rows, all compiled by both)."""
    script = os.path.join(os.environ.get("SHARED", os.path.join(ROOT, "../shared")), "kernel/replay.sh")
    if "LINUX" not in os.environ or not os.path.exists(script):
        print("kernel: skipped: LINUX names no unpacked source of Linux 6.12, or the recorded build is not there")
        return [], True
    folders = [os.path.join(out, "kernel-ferric"), os.path.join(out, "kernel-reference")]
    for folder in folders: # what both need of the reference, and for Ferric the images of the crates
        replay(script, ORACLE, folder, ["macros"])
    replay(script, ferric, folders[0], CRATES)
    results = [[replay(script, c, f, CRATES) for c, f in zip((ferric, ORACLE), folders)] for _ in range(runs)]
    rows = []
    print(f"{'kernel crates, CPU':<20} {'ferric':>18} {'reference':>18} {'ratio':>7} {'wall':>15} {'ratio':>7}")
    for crate in CRATES:
        both = []
        for side in (0, 1):
            mine = [r[side][crate] for r in results if crate in r[side]]
            both.append(tuple(statistics.median(m[i] for m in mine) for i in range(3)) if mine else None)
        rows.append({"crate": crate, "ferric": both[0], "reference": both[1]})
        show = lambda m: f"{m[0]:>8.2f} s {m[2]:>5.0f} MB" if m else "failed"
        of = lambda i: ratio(*(m and m[i] for m in both))
        walls = "/".join(f"{m[1]:.2f}" if m else "-" for m in both)
        print(f"{crate:<20} {show(both[0]):>18} {show(both[1]):>18} {of(0):>7.2f} {walls:>15} {of(1):>7.2f}", flush=True)
    good = all(r["ferric"] and r["reference"] for r in rows)
    if good:
        sums = [sum(r[side][0] for r in rows) for side in ("ferric", "reference")]
        print(f"{'all':<20} {sums[0]:>8.2f} s{'':>8} {sums[1]:>8.2f} s{'':>8} {ratio(*sums):>7.2f}")
    return rows, good
