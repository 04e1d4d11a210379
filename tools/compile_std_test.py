#!/usr/bin/env python3
"""Compiles a test written for std with the facade crate of tests/std_facade in std's place.

`tools/compile_std_test.py COMPILER ARGS..`: the first argument that ends in .rs is copied into a folder of its own under the same name, without moving
a line; STRIP=1 drops its #![feature] lines. Programs get a C entry point. The facade is compiled once for a compiler and kept in STD_FACADE (a folder)
or in a folder of its own beside the compiler.
"""
import os
import re
import subprocess
import sys
import tempfile

FACADE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tests", "std_facade", "std.rs")
ATTRIBUTE = re.compile(r"#\s*!\s*\[")
SKIP = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.S)
ENTRY = ' #[unsafe(export_name = "main")] pub extern "C" fn __entry() -> i32 { let _ = main(); 0 }\n'


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


def without_features(text):
    """The text with its leading #![feature] attributes, under cfg_attr or not, blanked."""
    for lo, hi in reversed(inner_attributes(text)):
        if re.match(r"#\s*!\s*\[\s*(cfg_attr\b[^]]*\b)?feature\s*\(", text[lo:hi]):
            text = text[:lo] + "\n" * text.count("\n", lo, hi) + text[hi:]
    return text


def facade(compiler):
    """The compiled facade for this compiler: made anew when the compiler or the facade's source is newer."""
    folder = os.environ.get("STD_FACADE") or os.path.join(os.path.dirname(os.path.abspath(compiler)), "std_facade")
    rlib = os.path.join(folder, "libstd.rlib")
    newest = max(os.path.getmtime(compiler), os.path.getmtime(FACADE))
    if not os.path.exists(rlib) or os.path.getmtime(rlib) < newest:
        os.makedirs(folder, exist_ok=True)
        subprocess.run([compiler, FACADE, "--edition", "2024", "-Cpanic=abort", "-o", rlib], check=True)
    return rlib


def main():
    compiler, *args = sys.argv[1:]
    where = next(i for i, a in enumerate(args) if a.endswith(".rs"))
    path = args[where]
    with open(path, encoding="utf-8", errors="replace") as f:
        text = f.read()
    attributes = "".join(text[lo:hi] for lo, hi in inner_attributes(text))
    has_std = not re.search(r"\bno_(std|core)\b", attributes)
    if os.environ.get("STRIP") == "1":
        text = without_features(text)
    is_program = "-o" in args and has_std and re.search(r"\bfn\s+main\s*\(", text)
    if is_program:
        text += ENTRY
    with tempfile.TemporaryDirectory() as folder:
        beside = os.path.dirname(os.path.abspath(path))
        for name in os.listdir(beside):
            if name != os.path.basename(path):
                os.symlink(os.path.join(beside, name), os.path.join(folder, name))
        args[where] = os.path.join(folder, os.path.basename(path))
        with open(args[where], "w", encoding="utf-8") as f:
            f.write(text)
        args = ["-Zno-codegen" if a == "--emit=metadata" else a for a in args]
        std = ["--extern", "std=" + facade(compiler)] if has_std else []
        link = ["-C", "link-arg=-lc"] if is_program else []
        return subprocess.run([compiler, *args, "-Cpanic=abort", *std, *link]).returncode


if __name__ == "__main__":
    sys.exit(main())
