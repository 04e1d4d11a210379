#!/usr/bin/env python3
"""Turns core's and alloc's own tests (library/coretests and alloctests of the reference's source package) into plain no_std programs,
one a module file.

    tools/extract_libtests.py OUT_DIR [--library core|alloc] [--source DIR] [MODULE ...]     MODULE is a path such as num::i8

A program is one file: the test crate's root (features, macros), tests/libtests/harness.rs and what the tests call `std` (core with
owned types in the shape of alloc's, or core and the real alloc), the modules around the one in question with their helpers but without their tests, and that module with its tests. Each
`#[test]` function gets an entry in a linker section beside it, so that tests made by macros are found like those written out; the
harness runs each in a child process. What is measured is the compiler, so the tests' own text is left as it is: `std::` becomes the
facade's path and `#[test]` with its companions becomes the entry; nothing else is changed.

Every function that is a test stands between two comments (BEGIN, END below), by which tools/libtests.py takes out those that one of
the compilers cannot compile, to measure the others.
"""
import argparse
import glob
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What stands in for std in the tests of each library, in tests/libtests.
FACADES = {"core": ("harness.rs", "std_of_core.rs", "owned.rs"), "alloc": ("harness.rs", "std_of_alloc.rs")}
BEGIN, END = "/*test {}*/", "/*end of test*/"

TOKEN = re.compile(r"""
    (?P<space>\s+)
  | (?P<comment>//[^\n]*)
  | (?P<block>/\*)
  | (?P<raw>(?:b|c|br|cr|r)\#*(?="))
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<char>b?'(?:[^'\\\n]|\\(?:u\{[^}]*\}|x..|.))')
  | (?P<lifetime>'[A-Za-z_]\w*)
  | (?P<ident>(?:r\#)?[A-Za-z_]\w*)
  | (?P<number>\d[\w]*(?:\.\d[\w]*)?)
  | (?P<punct>::|.)
""", re.X | re.S)
RAW = re.compile(r'(?:b|c|br|cr|r)(#*)"')


def tokens(text):
    """The tokens of Rust text as (kind, text, start, end), spaces and comments left out."""
    at, found = 0, []
    while at < len(text):
        match = TOKEN.match(text, at)
        kind, end = match.lastgroup, match.end()
        if kind == "block":
            end = end_of_block_comment(text, at)
        elif kind == "raw":
            kind, end = "string", end_of_string(text, at)
        if kind not in ("space", "comment", "block"):
            found.append((kind, text[at:end], at, end))
        at = end
    return found


def end_of_block_comment(text, at):
    depth = 0
    for match in re.compile(r"/\*|\*/").finditer(text, at):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return len(text)


def end_of_string(text, at):
    match = RAW.match(text, at)
    if "r" in match.group():
        return text.index('"' + match.group(1), match.end()) + 1 + len(match.group(1))
    return re.compile(r'"(?:[^"\\]|\\.)*"', re.S).match(text, match.end() - 1).end()


OPEN, CLOSE = {"(": ")", "[": "]", "{": "}"}, {")", "]", "}"}


def closing(toks, at):
    """The index of the token that closes the delimiter at `at`."""
    depth = 0
    for i in range(at, len(toks)):
        if toks[i][1] in OPEN and toks[i][0] == "punct":
            depth += 1
        elif toks[i][1] in CLOSE and toks[i][0] == "punct":
            depth -= 1
            if depth == 0:
                return i
    raise ValueError("unbalanced delimiters")


class Edits:
    """Replacements of ranges of a text, applied together."""

    def __init__(self, text):
        self.text, self.edits = text, []

    def replace(self, start, end, new):
        self.edits.append((start, end, new))

    def result(self):
        out, at = [], 0
        for start, end, new in sorted(self.edits, key=lambda e: (e[0], e[1])):
            if start < at:
                continue  # inside a range already replaced
            out += [self.text[at:start], new]
            at = end
        return "".join(out) + self.text[at:]


class Attributes:
    """The attributes before an item: where they stand, and what they say about a test."""

    def __init__(self, toks, text, at):
        self.parts = []  # (name, text inside the brackets, prefix `$( ... )*` or plain text of the whole)
        i = at
        while i < len(toks):
            if toks[i][1] == "#" and i + 1 < len(toks) and toks[i + 1][1] == "[":
                end = closing(toks, i + 1)
                self.parts.append((toks[i + 2][1], text[toks[i + 2][2]:toks[end][2]], text[toks[i][2]:toks[end][3]]))
                i = end + 1
            elif toks[i][1] == "$" and toks[i + 1][1] == "(" and toks[i + 2][1] == "#" and toks[i + 3][1] == "[":
                end = closing(toks, i + 1) + 1  # `$(#[$attr])*`
                self.parts.append(("$", "", text[toks[i][2]:toks[end][3]]))
                i = end + 1
            else:
                break
        self.end = i

    def is_test(self):
        return any(name == "test" for name, _, _ in self.parts)

    def kept(self):
        return [whole for name, inner, whole in self.parts
                if name not in ("test", "should_panic", "ignore") and not (name == "cfg_attr" and re.search(r"ignore\b|should_panic", inner))]

    def conditions(self):
        return [whole for name, _, whole in self.parts if name in ("cfg", "$")]

    def entry(self, name):
        should_panic, expected, ignored = "false", "", "false"
        for attr, inner, _ in self.parts:
            if attr == "should_panic":
                should_panic = "true"
                value = re.search(r"=\s*(.*?)\s*\)?$", inner, re.S)
                if value:
                    expected = ", " + value.group(1).rstrip(")") if not value.group(1).startswith(('"', "r")) else ", " + value.group(1)
            elif attr == "ignore":
                ignored = "true"
            elif attr == "cfg_attr":
                condition = re.match(r"cfg_attr\s*\((.*),\s*ignore\b[^,]*\)$", inner, re.S)
                if condition:
                    ignored = f"cfg!({condition.group(1)})"
        return f"libtest!{{ {' '.join(self.conditions())} {name} {should_panic} {ignored}{expected} }}"


class Module:
    """A module file of the test crate: its path, text, and the files of its submodules."""

    def __init__(self, path, file, folder):
        self.path, self.file, self.folder = path, file, folder
        with open(file, encoding="utf-8") as f:
            self.text = f.read()
        self.toks = tokens(self.text)
        self.children = {}
        self._find_children()

    def _find_children(self):
        """`mod x;`, also inside inline modules, whose names become part of the path."""
        inline, depth, opened = [], 0, []
        for i, (kind, text, *_) in enumerate(self.toks):
            if kind == "punct" and text in OPEN:
                depth += 1
            elif kind == "punct" and text in CLOSE:
                depth -= 1
                if opened and opened[-1] == depth:
                    opened.pop(), inline.pop()
            elif kind == "ident" and text == "mod" and self.toks[i + 1][0] == "ident":
                name, after = self.toks[i + 1][1], self.toks[i + 2][1]
                if after == "{":
                    inline.append(name), opened.append(depth)
                elif after == ";":
                    folder = os.path.join(self.folder, *inline)
                    named = re.search(r'#\[path = "([^"]*)"\]\s*(?:pub )?\Z', self.text[:self.toks[i][2]])
                    given = [os.path.join(os.path.dirname(self.file), named.group(1))] if named else []
                    for file, sub in (*((f, os.path.dirname(f)) for f in given),
                                      (f"{folder}/{name}.rs", f"{folder}/{name}"), (f"{folder}/{name}/mod.rs", f"{folder}/{name}")):
                        if os.path.exists(file):
                            self.children[i] = Module([*self.path, *inline, name], file, sub)
                            break

    def all(self):
        yield self
        for child in self.children.values():
            yield from child.all()


class Program:
    """The text of one program, for one module of the crate."""

    def __init__(self, root, target, library):
        self.root, self.target = root, target
        parts = [os.path.join(ROOT, "tests/libtests", name) for name in FACADES[library]]
        self.facade = "".join(open(part, encoding="utf-8").read() for part in parts)

    def text(self):
        path = "::".join(self.target.path)
        head = ["#![no_std]", "#![no_main]", "#![allow(warnings)]", "#![feature(arbitrary_self_types, coerce_unsized, fn_traits, unboxed_closures, tuple_trait)]"]
        others = "".join(f'&& !within("{"::".join(child.path)}") ' for child in self.target.children.values())
        is_target = (f"fn is_target(path: &str) -> bool {{ let within = |outer| path == outer || path.strip_prefix(outer)"
                     f'.is_some_and(|rest| rest.starts_with("::")); within("{path}") {others}}}')
        root = self.render(self.root)
        after = end_of_inner_attributes(root)
        return "\n".join([*head, root[:after], is_target, self.facade, root[after:]])

    def includes(self, module, parent):
        """Whether a submodule is part of the program: on the way to the target, or named by what is."""
        path, target = module.path, self.target.path
        if target[:len(path)] == path:
            return True
        name = path[-1]
        if parent is not self.target and target[:len(parent.path)] != parent.path:
            return True  # a helper's own submodules
        if parent is self.root:
            return bool(re.search(rf"\bcrate::{name}\b", self.target.text))
        named = rf"\b{name}::|\buse (?:super|self)::(?:\{{[^}}]*)?\b{name}\b"
        return bool(re.search(rf"#\[macro_use\]\s*(?:pub )?mod {name};", parent.text) or re.search(named, parent.text) or
                    re.search(named, self.target.text))

    def render(self, module):
        edits = Edits(module.text)
        self.rewrite_modules(module, edits)
        self.rewrite_tests(module, edits)
        self.rewrite_std(module, edits)
        if module is self.root:
            self.drop_function(module, edits, "test_rng")
        return edits.result()

    def rewrite_modules(self, module, edits):
        prelude = "\n#[allow(unused_imports)] use crate::std::prelude_of_tests::*;\n"
        toks, calls = module.toks, call_ranges(module.toks)
        for i, (kind, text, start, end) in enumerate(toks):
            if kind != "ident" or text != "mod" or toks[i + 1][0] != "ident":
                continue
            after = toks[i + 2]
            if after[1] == ";":
                child = module.children.get(i)
                if child and self.includes(child, module):
                    edits.replace(after[2], after[3], f" {{{inner_first(self.render(child), prelude)}\n}}")
                else:
                    edits.replace(self.start_of_item(toks, i), after[3], "")
            elif after[1] == "{" and module is not self.root and not any(a <= i < b for a, b in calls):
                first = i + 3
                while toks[first][1] == "#" and toks[first + 1][1] == "!":
                    first = closing(toks, first + 2) + 1
                edits.replace(toks[first][2], toks[first][2], prelude)

    @staticmethod
    def start_of_item(toks, at):
        """Where the item whose keyword is at `at` begins, its visibility and attributes included."""
        if at > 0 and toks[at - 1][1] == "pub":
            at -= 1
        while at > 0 and toks[at - 1][1] == "]":
            depth, i = 0, at - 1
            while True:
                depth += {"]": 1, "[": -1}.get(toks[i][1], 0)
                if depth == 0:
                    break
                i -= 1
            if toks[i - 1][1] != "#":
                break
            at = i - 1
        return toks[at][2]

    def rewrite_tests(self, module, edits):
        toks, i, macros = module.toks, 0, macro_ranges(module.toks)
        while i < len(toks):
            attributes = Attributes(toks, module.text, i) if toks[i][1] in ("#", "$") else None
            if not attributes or not attributes.parts:
                i += 1
                continue
            # In other modules only the tests that macros would make here count; the compiler leaves out the rest itself.
            counts = module is self.target or any(a <= i < b for a, b in macros)
            end = attributes.end
            if attributes.is_test() and counts and "fn" in (t[1] for t in toks[end:end + 3]):
                self.rewrite_test(module, edits, attributes, i)
            i = end
        if module is self.target:
            self.mark_tests_in_calls(module, edits, macros)

    def rewrite_test(self, module, edits, attributes, at):
        toks = module.toks
        name_at = next(k for k in range(attributes.end, attributes.end + 4) if toks[k][1] == "fn") + 1
        dollar = toks[name_at][1] == "$"
        name = ("$" + toks[name_at + 1][1]) if dollar else toks[name_at][1]
        body = next(k for k in range(name_at, len(toks)) if toks[k][1] == "{" or toks[k][1] == "$" and k > name_at + 2)
        end = closing(toks, body) if toks[body][1] == "{" else body + 3
        start, fn = toks[at][2], toks[attributes.end][2]
        lines = "\n" * module.text.count("\n", start, fn)
        edits.replace(start, fn, f"{BEGIN.format(name)}{attributes.entry(name)} {' '.join(attributes.kept())}{lines}")
        edits.replace(toks[end][3], toks[end][3], END)

    def mark_tests_in_calls(self, module, edits, macros):
        """`fn name() { ... }` in the arguments of a macro that makes tests of them."""
        toks = module.toks
        for i, (kind, text, *_) in enumerate(toks[:-4]):
            if kind == "ident" and text == "test_runtime_and_compiletime" and toks[i + 1][1] == "!" and not any(a <= i < b for a, b in macros):
                k, stop = i + 3, closing(toks, i + 2)
                while k < stop:
                    if toks[k][1] == "fn":
                        end = closing(toks, next(m for m in range(k, stop) if toks[m][1] == "{"))
                        edits.replace(toks[k][2], toks[k][2], BEGIN.format(toks[k + 1][1]))
                        edits.replace(toks[end][3], toks[end][3], END)
                        k = end
                    k += 1

    @staticmethod
    def rewrite_std(module, edits):
        toks = module.toks
        for i, (kind, text, start, end) in enumerate(toks[:-1]):
            if kind == "ident" and text == "std" and toks[i + 1][1] == "::":
                before = toks[i - 1] if i else (None, "", 0, 0)
                if before[1] == "::" and toks[i - 2][0] != "ident":
                    edits.replace(before[2], end, "crate::std")
                elif before[1] not in ("::", "."):
                    edits.replace(start, end, "crate::std")

    @staticmethod
    def drop_function(module, edits, name):
        toks = module.toks
        for i, tok in enumerate(toks[:-1]):
            if tok[1] == "fn" and toks[i + 1][1] == name:
                body = next(k for k in range(i, len(toks)) if toks[k][1] == "{")
                start = re.search(r"(?:^(?:///|#\[|pub\(crate\)).*\n)*(?:pub.*)?\Z", module.text[:tok[2]], re.M).start()
                edits.replace(start, toks[closing(toks, body)][3], "")


def macro_ranges(toks):
    """The ranges of token indices inside macro definitions."""
    ranges = []
    for i, (kind, text, *_) in enumerate(toks[:-3]):
        if kind == "ident" and text == "macro_rules" and toks[i + 1][1] == "!":
            ranges.append((i, closing(toks, i + 3)))
        elif kind == "ident" and text == "macro" and toks[i + 1][0] == "ident":
            body = i + 2
            if toks[body][1] == "(":
                body = closing(toks, body) + 1
            ranges.append((i, closing(toks, body)))
    return ranges


def call_ranges(toks):
    """The ranges of token indices that are arguments of macro calls."""
    return [(i, closing(toks, i + 2)) for i, (kind, text, *_) in enumerate(toks[:-2])
            if kind == "ident" and text != "macro_rules" and toks[i + 1][1] == "!" and toks[i + 2][1] in OPEN]


def end_of_inner_attributes(text):
    """Where the first token after a file's inner attributes and comments starts."""
    toks, i = tokens(text), 0
    while i + 2 < len(toks) and toks[i][1] == "#" and toks[i + 1][1] == "!" and toks[i + 2][1] == "[":
        i = closing(toks, i + 2) + 1
    return toks[i][2] if i < len(toks) else len(text)


def inner_first(text, prelude):
    """The text of a module file as the content of an inline module: inner attributes and comments stay in front."""
    at = end_of_inner_attributes(text)
    return "\n" + text[:at] + prelude + text[at:]


def source_folder(library):
    """The tests of a library in the installed source package, or in the reference's."""
    tests = f"library/{library}tests/tests"
    found = sorted(glob.glob(f"/usr/src/rustc-*/{tests}"))
    if found:
        return found[-1]
    src = subprocess.run([os.path.join(ROOT, "tools/oracle.sh"), "--src"], capture_output=True, text=True, check=True).stdout.strip()
    return os.path.join(src, tests)


def programs(source=None, library="core"):
    """All (module path, text of the program) pairs, in the order of the crate; modules without tests of their own are left out."""
    folder = source or source_folder(library)
    root = Module([], os.path.join(folder, "lib.rs"), folder)
    makes_tests = set()
    for module in root.all():
        for a, b in macro_ranges(module.toks):
            if any(t[1] == "test" and module.toks[k - 1][1] == "[" for k, t in enumerate(module.toks[a:b], a)):
                makes_tests.add(next(t[1] for t in module.toks[a + 1:b] if t[0] == "ident"))
    for module in root.all():
        calls = any(t[1] in makes_tests and module.toks[k + 1][1] == "!" for k, t in enumerate(module.toks[:-1]))
        if module is not root and ("#[test]" in module.text or calls):
            yield "::".join(module.path), Program(root, module, library).text()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--library", choices=FACADES, default="core")
    parser.add_argument("--source", help="the folder of the tests")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    for path, text in programs(args.source, args.library):
        if not args.modules or path in args.modules:
            with open(os.path.join(args.out, path.replace("::", "-") + ".rs"), "w", encoding="utf-8") as f:
                f.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
