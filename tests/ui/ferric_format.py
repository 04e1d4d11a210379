"""The lit test format of the ui suite: rustc's conventions for expectations inside a test.

    //@ run-pass | run-fail | check-pass | build-pass | check-fail | build-fail | filecheck      what must happen (first line of the file)
    //@ exit-code: N          run-*: the program's exit code (default 0)
    //@ compile-flags: ...    further arguments
    //@ edition: 2021         (the default)
    //@ opt-levels: 0 2       run-*: each is built and run (the default)
    //@ emit: llvm-ir         filecheck: what CHECK lines look at (llvm-ir, asm, mir, dep-info, metadata, expanded, ...)
    //@ skip-oracle: reason   not valid for the reference compiler
    //@ aux-build: name.rs    first compiles auxiliary/name.rs beside the test as a library (crate type, edition and flags by its own
                              directives), which `extern crate` then finds; several, in order, and in auxiliary files too
    //@ aux-crate: [MODIFIERS:]name=file.rs      the same, and passes --extern name=..
    //@ proc-macro: name.rs    first compiles auxiliary/name.rs as a proc macro crate with the compiler that FERRIC_HOST_RUSTC names, or the
                              reference when tools/oracle.sh has fetched it, and passes --extern name=..; without either the test is skipped
    //@ error-without-place: text                check-fail: an error about no place in the source
    //> text                  run-*: a line of expected output, in order
    //~ ERROR text [E0308]    check-fail: an error on this line (//~^ one line up, //~| same line as the last) with this text and code

check-fail, build-fail (with code made): the set of (line, code) of errors must be exactly that of the marks; a text must occur in the message.
"""
import json
import os
import re
import resource
import shlex
import shutil
import subprocess

import lit.formats
import lit.Test

DIRECTIVE = re.compile(r"^\s*//@\s*([\w-]+)\s*:?\s*(.*?)\s*$")
MARK = re.compile(r"//~(\^*|\||v*)\s*(ERROR|WARN|NOTE|HELP)\s*(.*?)\s*(?:\[(E\d{4}|[a-z_]+)\])?\s*$")
MODES = ("run-pass", "run-fail", "check-pass", "build-pass", "check-fail", "build-fail", "filecheck")
CPU_LIMIT = 60  # seconds; how long that takes is for the machine to say
TIMEOUT = 600   # seconds, for what waits for something that never comes


def host_rustc():
    """A rustc 1.96 that compiles proc macro crates; None when there is none."""
    if os.environ.get("FERRIC_HOST_RUSTC"):
        return os.environ["FERRIC_HOST_RUSTC"]
    cache = os.environ.get("ORACLE_HOME") or os.path.join(os.environ.get("HOME", "/nowhere"), ".cache/ferric-oracle")
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return os.path.join(root, "tools/oracle.sh") if os.path.exists(os.path.join(cache, "1.96/ok")) else None


class Expectations:
    def __init__(self, path):
        self.mode = None
        self.options = {}
        self.aux = []  # (--extern's name or None, file)
        self.proc_macros = []
        self.placeless = []
        self.output = []
        self.marks = []  # (line, level, text, code)
        last = 0
        with open(path, encoding="utf-8", errors="replace") as f:
            for number, line in enumerate(f, 1):
                directive = DIRECTIVE.match(line)
                if directive:
                    if directive.group(1) in MODES:
                        self.mode = directive.group(1)
                    elif directive.group(1) == "aux-build":
                        self.aux.append((None, directive.group(2)))
                    elif directive.group(1) == "aux-crate":
                        self.aux.append(tuple(directive.group(2).split("=", 1)))
                    elif directive.group(1) == "proc-macro":
                        self.proc_macros.append(directive.group(2))
                    elif directive.group(1) == "error-without-place":
                        self.placeless.append(directive.group(2))
                    else:
                        self.options[directive.group(1)] = directive.group(2)
                elif line.startswith("//>"):
                    self.output.append(line[3:].rstrip("\n").removeprefix(" "))
                mark = MARK.search(line)
                if mark:
                    adjust = mark.group(1)
                    at = last if adjust == "|" else number - adjust.count("^") + adjust.count("v")
                    last = at
                    self.marks.append((at, mark.group(2), mark.group(3), mark.group(4)))


class FerricFormat(lit.formats.FileBasedTest):
    def __init__(self, compiler, filecheck):
        self.compiler = compiler
        self.tool = filecheck

    def execute(self, test, config):
        path = test.getSourcePath()
        if os.path.basename(os.path.dirname(path)) == "auxiliary":
            return lit.Test.UNSUPPORTED, "a part of other tests"
        want = Expectations(path)
        if want.mode is None:
            return lit.Test.FAIL, "the test has no //@ mode line"
        if "skip-oracle" in want.options and "oracle" in self.compiler[0]:
            return lit.Test.UNSUPPORTED, want.options["skip-oracle"]
        out = os.path.splitext(test.getExecPath())[0]
        os.makedirs(os.path.dirname(out), exist_ok=True)
        if want.proc_macros and not host_rustc():
            return lit.Test.UNSUPPORTED, "no compiler for proc macro crates: set FERRIC_HOST_RUSTC, or run tools/oracle.sh once"
        run = getattr(self, "_" + want.mode.replace("-", "_"))
        folder = out + ".aux"
        shutil.rmtree(folder, ignore_errors=True)
        want.crates = []
        problem = self.auxiliaries(path, want, folder, want.crates) or run(path, want, out)
        return (lit.Test.FAIL, problem) if problem else (lit.Test.PASS, "")

    def auxiliaries(self, path, want, folder, arguments):
        """Compiles the auxiliary crates of a test (or of an auxiliary crate); appends what finds them to `arguments`."""
        if not want.aux and not want.proc_macros:
            return None
        os.makedirs(folder, exist_ok=True)
        arguments += ["-L", folder]
        for file in want.proc_macros:
            crate = os.path.splitext(file)[0]
            source = os.path.join(os.path.dirname(path).removesuffix("/auxiliary"), "auxiliary", file)
            aux = Expectations(source)
            command = [host_rustc(), "--edition", aux.options.get("edition", "2021"), "--crate-type", "proc-macro", "--out-dir", folder, source]
            code, _, err = self.call(command, environment={"RUSTC_BOOTSTRAP": "1"})  # tests use what is not stable
            if code != 0:
                return f"$ {shlex.join(command)}\nexit code {code}\n{err}"
            arguments += ["--extern", f"{crate}={folder}/lib{crate}.so"]
        for name, file in want.aux:
            source = os.path.join(os.path.dirname(path).removesuffix("/auxiliary"), "auxiliary", file)
            aux = Expectations(source)
            aux.crates = ["-L", folder]
            problem = self.auxiliaries(source, aux, folder, aux.crates)
            if problem:
                return problem
            kind = [] if "--crate-type" in aux.options.get("compile-flags", "") else ["--crate-type", "lib"]
            command = self.command(source, aux, *kind, "--out-dir", folder, "-C", "panic=abort")
            code, _, err = self.call(command)
            if code != 0:
                return f"$ {shlex.join(command)}\nexit code {code}\n{err}"
            if name:
                crate = os.path.splitext(os.path.basename(file))[0].replace("-", "_")
                arguments += ["--extern", f"{name}={folder}/lib{crate}.rlib"]
        return None

    def command(self, path, want, *more):
        return [*self.compiler, "--edition", want.options.get("edition", "2021"), "-Zverify-llvm-ir", *more, *want.crates,
                *shlex.split(want.options.get("compile-flags", "")), path]

    def extra(self):
        # The reference's prebuilt core unwinds and asks for a personality function.
        return ["-C", "link-arg=-Wl,--defsym=rust_eh_personality=0,--defsym=_Unwind_Resume=0"] if "oracle" in self.compiler[0] else []

    @staticmethod
    def call(command, environment=None):
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, env={**os.environ, **(environment or {})},
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT)))
        except subprocess.TimeoutExpired:
            return 124, "", f"no end within {TIMEOUT} s: {shlex.join(command)}"
        return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")

    def _build_and_run(self, path, want, out):
        for level in want.options.get("opt-levels", "0 2").split():
            program = f"{out}.O{level}"
            command = self.command(path, want, "-C", f"opt-level={level}", "-C", "panic=abort", "-C", "link-arg=-lc", *self.extra(), "-o", program)
            code, _, err = self.call(command)
            if code != 0:
                return f"$ {shlex.join(command)}\nexit code {code}\n{err}"
            code, text, _ = self.call([program])
            expected = int(want.options.get("exit-code", "0"))
            if code != expected:
                return f"$ {shlex.join(command)}\nthe program exits with {code}, not {expected}; it printed:\n{text}"
            if text.splitlines() != want.output:
                return f"$ {shlex.join(command)}\nexpected output:\n" + "\n".join(want.output) + f"\nprinted:\n{text}"
        return None

    _run_pass = _build_and_run
    _run_fail = _build_and_run

    def _check_pass(self, path, want, out):
        command = self.command(path, want, "--emit=mir", "-C", "panic=abort", "-o", out + ".mir")
        code, _, err = self.call(command)
        return None if code == 0 else f"$ {shlex.join(command)}\nexit code {code}\n{err}"

    def _build_pass(self, path, want, out):
        command = self.command(path, want, "--emit=obj", "-C", "panic=abort", "-o", out + ".o")
        code, _, err = self.call(command)
        return None if code == 0 else f"$ {shlex.join(command)}\nexit code {code}\n{err}"

    def _build_fail(self, path, want, out):
        return self._check_fail(path, want, out, "obj")

    def _check_fail(self, path, want, out, kind="mir"):
        command = self.command(path, want, "--error-format=json", f"--emit={kind}", "-C", "panic=abort", "-o", f"{out}.{kind}")
        code, _, err = self.call(command)
        if code != 1:
            return f"$ {shlex.join(command)}\nexit code {code}, not 1\n{err}"
        got, placeless = [], []
        for line in err.splitlines():
            if not line.startswith("{"):
                return f"a line of the JSON output is no JSON: {line}"
            message = json.loads(line)
            spans = [s for s in message.get("spans", []) if s["is_primary"]]
            if message.get("level") == "error" and spans:
                while spans[0].get("expansion") and spans[0]["file_name"] != path:
                    spans = [spans[0]["expansion"]["span"]]
                code = message["code"]["code"] if message.get("code") else None
                got.append((spans[0]["line_start"], code, message["message"]))
            elif message.get("level") == "error" and not message["message"].startswith("aborting due to"):
                placeless.append(message["message"])
        expected = {(line, code) for line, level, _, code in want.marks if level == "ERROR"}
        if not expected and not want.placeless:
            return "the test marks no errors"
        if not all(any(text in m for m in placeless) for text in want.placeless):
            return f"$ {shlex.join(command)}\nerrors without a place: {placeless}\nexpected: {want.placeless}"
        actual = {(line, code) for line, code, _ in got}
        if actual != expected:
            return (f"$ {shlex.join(command)}\nmissing: {sorted(expected - actual, key=str)}\nnot expected: {sorted(actual - expected, key=str)}\n"
                    + "\n".join(f"  {line}: {code}: {text}" for line, code, text in got))
        for line, level, text, _ in want.marks:
            if level == "ERROR" and text and not any(at == line and text in message for at, _, message in got):
                return f"no error on line {line} says `{text}`:\n" + "\n".join(f"  {at}: {message}" for at, _, message in got)
        return None

    def _filecheck(self, path, want, out):
        kind = want.options.get("emit", "llvm-ir")
        text = f"{out}.{kind}"
        written = kind in ("llvm-ir", "asm", "mir", "dep-info", "metadata")
        if written:
            command = self.command(path, want, f"--emit={kind}", "-C", "panic=abort", "-o", text)
        else:
            command = self.command(path, want, f"-Zunpretty={kind}", "-C", "panic=abort")
        code, printed, err = self.call(command)
        if code != 0:
            return f"$ {shlex.join(command)}\nexit code {code}\n{err}"
        if not written:
            with open(text, "w", encoding="utf-8") as f:
                f.write(printed)
        code, _, err = self.call([self.tool, "--input-file", text, path])
        return None if code == 0 else err
