#!/usr/bin/env python3
"""Compiles real crates, Debian's librust-*-dev packages, and compares what programs that use them print with the reference's build.

Each tests/crates/NAME.rs is a program; its first lines say what it needs:

    //@ package: librust-itoa-dev      the package, fetched with `apt-get download` into a cache folder and unpacked there, not installed
    //@ features: alloc,race           cargo features of the crate
    //@ cfg: raw_ref_macros             what the crate's build script would find
    //@ depends: scopeguard            tests whose crates it is given with --extern (with their features)

The crate is compiled as a library and the program against it, at opt-level 0 and 2, by Ferric and by the reference (tools/oracle.sh).
Prints a table and a sum line; exits 1 when a crate that --at-least counts on fails.
"""
import argparse
import glob
import os
import pathlib
import re
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
CACHE = pathlib.Path(os.environ.get("FERRIC_CRATES", pathlib.Path.home() / ".cache/ferric-crates"))
TIMEOUT = 120


class Crate:
    """A crate's source and how to compile it."""

    def __init__(self, program):
        text = program.read_text()
        option = lambda name: (m.group(1).strip() if (m := re.search(rf"^//@ {name}: (.*)$", text, re.M)) else "")
        split = lambda s: [x.strip() for x in s.split(",") if x.strip()]
        self.program, self.test = program, program.stem
        self.features, self.depends = split(option("features")), split(option("depends"))
        self.cfgs = split(option("cfg"))
        self.folder = self.fetch(option("package"))
        manifest = tomllib.loads((self.folder / "Cargo.toml").read_text())
        package = manifest["package"]
        self.version, self.edition = package["version"], str(package.get("edition", 2015))
        self.root = self.folder / manifest.get("lib", {}).get("path", "src/lib.rs")
        self.name = manifest.get("lib", {}).get("name", package["name"]).replace("-", "_")
        numbers = (package["version"].split("-")[0].split(".") + ["0", "0"])[:3]
        self.env = {"CARGO_PKG_NAME": package["name"], "CARGO_PKG_VERSION": package["version"], "CARGO_MANIFEST_DIR": str(self.folder),
                    **dict(zip(("CARGO_PKG_VERSION_MAJOR", "CARGO_PKG_VERSION_MINOR", "CARGO_PKG_VERSION_PATCH"), numbers))}

    @staticmethod
    def fetch(package):
        unpacked = CACHE / package
        if not unpacked.exists():
            download = CACHE / "deb"
            download.mkdir(parents=True, exist_ok=True)
            subprocess.run(["apt-get", "-qq", "download", package], cwd=download, check=True)
            deb = next(download.glob(f"{package}_*.deb"))
            subprocess.run(["dpkg-deb", "-x", deb, unpacked], check=True)
        return next((unpacked / "usr/share/cargo/registry").iterdir())

    def lines(self):
        return sum(len(f.read_bytes().splitlines()) for f in self.folder.rglob("*.rs"))


class Compiler:
    def __init__(self, command, work, extra=()):
        self.command, self.work, self.extra = command, work, list(extra)

    def call(self, arguments, env):
        began = time.monotonic()
        try:
            done = subprocess.run([*self.command, *arguments], env={**os.environ, **env}, capture_output=True, text=True, errors="replace", timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return 124, f"no end within {TIMEOUT} s", TIMEOUT
        return done.returncode, done.stderr, time.monotonic() - began

    def folder(self, level):
        path = self.work / f"O{level}"
        path.mkdir(parents=True, exist_ok=True)
        return path

    def library(self, crate, crates, level):
        """None, or what went wrong."""
        out = self.folder(level)
        externs = [x for d in crate.depends for x in ("--extern", f"{crates[d].name}={out}/lib{crates[d].name}.rlib")]
        features = [x for f in crate.features for x in ("--cfg", f'feature="{f}"')]
        features += [x for c in crate.cfgs for x in ("--cfg", c)]
        # A dependency that is optional is a feature of its own.
        features += [x for d in crate.depends for x in ("--cfg", f'feature="{d}"')]
        code, err, _ = self.call(["--crate-type", "lib", "--crate-name", crate.name, "--edition", crate.edition, "--cap-lints", "allow", "-C",
                                  f"opt-level={level}", "-C", "panic=abort", "-Zverify-llvm-ir", "-L", str(out), "--out-dir", str(out), *externs, *features, str(crate.root)], crate.env)
        return None if code == 0 else (err or f"exit code {code}")

    def program(self, crate, level):
        """The program's exit code and output, or None and what went wrong; and the seconds it took to compile."""
        out = self.folder(level)
        binary = out / f"run_{crate.test}"
        code, err, seconds = self.call(["--edition", "2021", "--cap-lints", "allow", "-C", f"opt-level={level}", "-C", "panic=abort", "-Zverify-llvm-ir", "-C", "link-arg=-lc", *self.extra,
                                        "-L", str(out), "--extern", f"{crate.name}={out}/lib{crate.name}.rlib", "-o", str(binary), str(crate.program)], {})
        if code != 0:
            return None, err or f"exit code {code}", seconds
        try:
            done = subprocess.run([binary], capture_output=True, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return None, f"the program does not end within {TIMEOUT} s", seconds
        return (done.returncode, done.stdout), "", seconds


def first_error(text):
    line = next((l for l in text.splitlines() if re.match(r"error|thread|internal|no end", l)), text.strip().splitlines()[0] if text.strip() else "?")
    return line[:110]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ferric", default=str(ROOT / "build/bin/ferric"))
    parser.add_argument("--work", default=str(ROOT / "build/crates"))
    parser.add_argument("--levels", default="0 2")
    parser.add_argument("--at-least", type=int, default=0, help="fail when fewer crates than this run equal")
    parser.add_argument("--verbose", action="store_true", help="print whole error messages")
    parser.add_argument("names", nargs="*", help="tests to run (all)")
    args = parser.parse_args()
    programs = sorted((ROOT / "tests/crates").glob("*.rs"))
    crates = {}
    for p in programs:
        try:
            crates[p.stem] = Crate(p)
        except (subprocess.CalledProcessError, StopIteration, OSError) as e:
            print(f"crates: {p.stem} skipped, its package cannot be fetched: {e}")
    for c in crates.values():
        c.depends = [d for d in c.depends if d in crates]
    order = []
    def visit(name):
        if name not in order:
            for d in crates[name].depends:
                visit(d)
            order.append(name)
    for name in args.names or crates:
        visit(name)
    reference = [str(ROOT / "tools/oracle.sh")]
    defsym = ["-C", "link-arg=-Wl,--defsym=rust_eh_personality=0,--defsym=_Unwind_Resume=0"]
    ferric, oracle = Compiler([args.ferric], pathlib.Path(args.work) / "ferric"), Compiler(reference, pathlib.Path(args.work) / "reference", defsym)
    compiled = equal = 0
    print(f"{'crate':<26} {'lines':>6}  {'library':<8} result at opt-level {args.levels}: equal, or what is wrong; seconds (reference)")
    for name in order:
        crate = crates[name]
        built, results, times = [], [], []
        for level in args.levels.split():
            problem = ferric.library(crate, crates, level)
            wrong = oracle.library(crate, crates, level)
            if wrong:
                print(f"the reference fails on {name}: {wrong}")
            built.append(problem is None)
            if problem:
                results.append(first_error(problem))
                if args.verbose:
                    print(problem)
                continue
            (got, why, seconds), (want, reference_why, reference_seconds) = ferric.program(crate, level), oracle.program(crate, level)
            times.append(f"{seconds:.2f} ({reference_seconds:.2f})")
            if want is None:
                results.append("the reference fails: " + first_error(reference_why))
                why = why or reference_why
            elif got is None:
                results.append(first_error(why))
            elif got != want:
                results.append(f"differs: exit {got[0]}, not {want[0]}" if got[0] != want[0] else "differs in output")
                why = f"printed:\n{got[1].decode(errors='replace')}\nexpected:\n{want[1].decode(errors='replace')}"
            else:
                results.append("equal")
            if args.verbose and results[-1] != "equal":
                print(why)
        compiled += all(built)
        equal += all(r == "equal" for r in results)
        shown = results[:1] if len(set(results)) == 1 else results
        print(f"{crate.name + ' ' + crate.version:<26} {crate.lines():>6}  {'ok' if all(built) else 'fails':<8} {'; '.join(shown)}; {', '.join(times)}", flush=True)
    print(f"crates: {len(order)} tried, {compiled} compile, {equal} run equal, {len(order) - equal} do not")
    return 1 if equal < args.at_least else 0


if __name__ == "__main__":
    sys.exit(main())
