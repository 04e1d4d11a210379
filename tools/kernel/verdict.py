"""What the logs of build and boot must hold. Each check is a name and what was found, and holds or not."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import rust

LEVELS = ["Emergency", "Alert", "Critical", "Error", "Warning", "Notice", "Info"]
# samples/rust/rust_print.rs: what it prints while it is loaded.
RUST_PRINT = (["Rust printing macros sample (init)"] +
              [f"{level} message (level {number}) without args" for number, level in enumerate(LEVELS)] +
              ["A line that is continued without args"] +
              [f"{level} message (level {number}) with args" for number, level in enumerate(LEVELS)] +
              ["A line that is continued with args", "1", '"hello, world"'])
PHY_DRIVERS = ["Asix Electronics AX88772A", "Asix Electronics AX88772C", "Asix Electronics AX88796B", "QT2025 10Gpbs SFP+"]


@dataclass
class Check:
    name: str
    holds: bool
    found: str

    def __str__(self):
        return f"{'ok  ' if self.holds else 'FAIL'} {self.name}: {self.found}"


def messages(lines, module):
    """What a module printed, without times."""
    return [match[1] for line in lines if (match := re.search(rf"\] {module}: (.*)", line))]


def part(lines, title):
    """The lines that the init script's part `title` left, up to the next part."""
    found, inside = [], False
    for line in lines:
        if line.startswith("@ "):
            inside = line == f"@ {title}"
        elif inside:
            found.append(line)
    return found


def check_warnings(log):
    """What compiler and objtool have to say against the code; clang's warnings have the place before the word."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    objtool = [line for line in lines if "objtool:" in line and "warning" in line]
    ferric = [line for line in lines if re.match(r"warning(\[|:)", line)]
    return [Check("objtool prints no warning", not objtool, "; ".join(objtool[:3]) or "0 warnings"),
            Check("Ferric prints no warning", not ferric, "; ".join(ferric[:3]) or "0 warnings")]


def check_variant(kbuild):
    """Every Rust object was compiled as the variant says: its flags stand in the command that Kbuild keeps."""
    flags = kbuild.variant.flags
    commands = {name: (kbuild.out / name).with_name(f".{Path(name).name}.cmd") for name in rust.objects(kbuild)}
    without = [name for name, command in commands.items() if not set(flags) <= set(command.read_text().split())]
    size = sum(rust.text_size(kbuild.out / name) for name in commands)
    found = f"{len(commands)} objects, {size:,} bytes of code" if not without else f"not in the commands of {', '.join(without)}"
    return Check(f"compiled with {' '.join(flags)}", not without, found)


def check_boot(lines):
    return [*check_built_in(lines), *check_rust_print(lines), check_drivers(lines), check_rnull(lines), check_quiet(lines)]


def check_built_in(lines):
    version = [line for line in lines if line.startswith("@ userspace")]
    minimal, rnull = messages(lines, "rust_minimal"), messages(lines, "rnull_mod")
    return [Check("userspace runs", bool(version), version[0][2:] if version else "it was not reached"),
            Check("rust_minimal", minimal == ["Rust minimal sample (init)", "Am I built-in? true"], " | ".join(minimal)),
            Check("rnull initialised", rnull == ["Rust null_blk loaded"], " | ".join(rnull))]


def check_rust_print(lines):
    loaded, unloaded = part(lines, "load rust_print"), part(lines, "unload rust_print")
    said, bye = messages(loaded, "rust_print"), messages(unloaded, "rust_print")
    wrong = [want for want, got in zip(RUST_PRINT, said + [""] * len(RUST_PRINT)) if want != got]
    debug = said[len(RUST_PRINT):]
    in_list = any(re.match(r"rust_print \d+ 0 - Live", line) for line in loaded)
    return [Check("rust_print loaded", in_list and not wrong, f"{len(said)} lines" + (f", not as they must be: {wrong[:3]}" if wrong else "")),
            Check("rust_print's dbg!", len(debug) == 1 and debug[0].endswith('rust_print.rs:35:5] c = "hello, world"'), " | ".join(debug)),
            Check("rust_print unloaded", bye == ['"hello, world"', "Rust printing macros sample (exit)"] and "modules left: 0" in unloaded, " | ".join(bye))]


def check_drivers(lines):
    found = [name for name in PHY_DRIVERS if name in "\n".join(part(lines, "network PHY drivers"))]
    return Check("Rust PHY drivers registered", found == PHY_DRIVERS, ", ".join(found))


def check_rnull(lines):
    done = part(lines, "rnullb0")
    copied = [f"{way}: 20000+0 records {end}" for way in ("read", "write") for end in ("in", "out")]
    return Check("/dev/rnullb0 read and written", all(line in done for line in copied), " | ".join(line for line in done if line in copied))


def check_doctests(lines, kunit_source):
    """Every case of the suite that was generated from the kernel crate's examples, each reported and passed, none skipped."""
    cases = re.findall(r"KUNIT_CASE\((\w+)\)", kunit_source.read_text())
    passed = {match[1] for line in lines if (match := re.search(r"\]     ok \d+ (rust_doctest_kernel_\w+)$", line))}
    missing = [case for case in cases if case not in passed]
    found = f"{len(cases) - len(missing)} of {len(cases)} pass" + (f", not {', '.join(missing[:5])}" if missing else "")
    return Check("KUnit: the kernel crate's doctests", bool(cases) and not missing, found)


def check_quiet(lines):
    """No oops, warning or panic on the way, and the script came to its end."""
    bad = [line for line in lines if re.search(r"\] (BUG|WARNING|Oops|Kernel panic|general protection|rust_kernel: )", line)]
    ended = any(line.startswith("@ end") for line in lines)
    return Check("boot ends without complaint", ended and not bad, bad[0] if bad else lines[-1] if lines else "no output")


def check_panic(lines, picture):
    """The panic screen's QR code is the kernel's log, as the panic left it: its text must be in what a reader of codes reads."""
    result = subprocess.run(["zbarimg", "--nodbus", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)], capture_output=True, check=False)
    text = result.stdout.decode(errors="replace")
    panicked = any("Kernel panic - not syncing: sysrq triggered crash" in line for line in lines)
    reads = "Kernel panic - not syncing" in text or "sysrq: Trigger a crash" in text
    return Check("QR code on the panic screen", panicked and reads, f"a code of {len(text)} characters in {picture}" if text else f"no code in {picture}")
