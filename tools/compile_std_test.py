#!/usr/bin/env python3
"""Compiles a test written for std that uses only what core defines: the crate becomes #![no_std] with core under the name `std`.

`tools/compile_std_test.py COMPILER ARGS..`: the first argument that ends in .rs is rewritten into a folder of its own under the same name, without moving
a line; STRIP=1 drops its #![feature] lines as well. Programs get an entry point and a panic handler that exits with 101.
"""
import os
import re
import subprocess
import sys
import tempfile

ATTRIBUTE = re.compile(r"#\s*!\s*\[")
SKIP = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.S)
RUNTIME = """
mod __runtime { #[panic_handler] fn panic(_: &core::panic::PanicInfo) -> ! { super::__exit(101) } }
fn __exit(code: u64) -> ! { unsafe { core::arch::asm!("syscall", in("rax") 231u64, in("rdi") code, options(noreturn)) } }
"""
ENTRY = '#[unsafe(export_name = "main")] pub extern "C" fn __entry() -> i32 { let _ = main(); 0 }\n'


def inner_attributes(text):
    """The spans of the leading #![..] attributes."""
    at, spans = 0, []
    while at < len(text):
        if skip := SKIP.match(text, at):
            at = skip.end()
            continue
        start = ATTRIBUTE.match(text, at)
        if not start:
            break
        depth, end = 1, start.end()
        while depth and end < len(text):
            depth += {"[": 1, "]": -1}.get(text[end], 0)
            end += 1
        spans.append((at, end))
        at = end
    return spans


def rewrite(text, strip, program):
    spans = inner_attributes(text)
    if strip:
        for lo, hi in reversed(spans):
            if re.match(r"#\s*!\s*\[\s*(cfg_attr\b[^]]*\b)?feature\s*\(", text[lo:hi]):
                text = text[:lo] + "\n" * text.count("\n", lo, hi) + text[hi:]
        spans = inner_attributes(text)
    head = spans[-1][1] if spans else 0
    if re.search(r"#\s*!\s*\[\s*no_(std|core)\b", text[:head]):
        return text, False
    text = text[:head] + " #![no_std] extern crate core as std; " + text[head:] + RUNTIME
    return (text + ENTRY, True) if program and re.search(r"\bfn\s+main\s*\(", text) else (text, False)


def main():
    args = sys.argv[1:]
    where = next(i for i, a in enumerate(args) if a.endswith(".rs"))
    path = args[where]
    with open(path, encoding="utf-8", errors="replace") as f:
        text, entry = rewrite(f.read(), os.environ.get("STRIP") == "1", "-o" in args)
    with tempfile.TemporaryDirectory() as folder:
        beside = os.path.dirname(os.path.abspath(path))
        for name in os.listdir(beside):
            if name != os.path.basename(path):
                os.symlink(os.path.join(beside, name), os.path.join(folder, name))
        args[where] = os.path.join(folder, os.path.basename(path))
        with open(args[where], "w", encoding="utf-8") as f:
            f.write(text)
        args = ["-Zno-codegen" if a == "--emit=metadata" else a for a in args]
        link = ["-C", "link-arg=-lc"] if entry else []
        return subprocess.run([*args, "-Cpanic=abort", *link]).returncode


sys.exit(main())
