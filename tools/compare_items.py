#!/usr/bin/env python3
"""Compares the mono items of a program with a reference list, modulo naming.

usage: compare_items.py OURS REFERENCE [--names]

OURS: output of -Zprint-mono-items (lines `MONO_ITEM fn path @@ unit[Linkage]`, others are ignored) or a list like
REFERENCE: lines `fn path` and `static path`. Prints what is missing (-) and what is too much (+), and a count. Lifetimes, closure positions,
re-export paths, the spelling of elided things and of function item types do not count, unless --names is given. Exit status 1 when the
sets differ.

What remains between a program's items and a list made by the reference, and why:
- `precondition_check` behind `if ub_checks()`, and what only computes its arguments (`IndexRange::end`, `<*mut [T]>::len`): the reference
  decides that branch while collecting only where MIR optimisation has put the check into the switch; here it is decided always.
- `panic_const_*_overflow`: the lists were made with a core that was itself compiled with overflow checks; a dependency's own arithmetic
  is unchecked here but where #[rustc_inherit_overflow_checks] asks for it, as in the distributed core.
- statics of core (`DECIMAL_PAIRS`, tables of unicode_data): linked from core's object there, emitted by the user here.
- `core::ascii::Char` is listed under its own name `AsciiChar`.
"""
import argparse
import re
import sys
from collections import Counter


def read(path):
    items = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("MONO_ITEM "):
            line = line[len("MONO_ITEM "):]
        elif not re.match(r"(fn|static|global_asm)\b", line):
            continue
        items.append(re.sub(r" @@ .*", "", line))
    return items


def drop_regions(s):
    s = re.sub(r"&'[a-z_]\w* ", "&", s)
    s = re.sub(r"(, )?'[a-z_]\w*(?!')( \+ )?", lambda m: m.group(1) and "" or "", s)
    s = re.sub(r"<(, )+", "<", s)
    return s.replace("::<>", "").replace("<>", "")


def last_segments(s):
    """core::option::Option::map -> Option::map: items are re-exported under several paths."""
    return re.sub(r"\b(?:[a-z_]\w*::)+(?=[A-Za-z_{<])", "", s)


def plain_fn_traits(s):
    """FnOnce(A, B) -> FnOnce<(A, B)>"""
    while match := re.search(r"\b(?:Fn|FnMut|FnOnce)(?=\()", s):
        depth, end, several = 0, match.end(), False
        for end in range(match.end(), len(s)):
            depth += {"(": 1, "<": 1, "[": 1, ")": -1, ">": -1 * (s[end - 1] != "-"), "]": -1}.get(s[end], 0)
            several |= s[end] == "," and depth == 1
            if depth == 0:
                break
        args = s[match.end() + 1:end]
        s = f"{s[:match.end()]}<({args}{',' if args and not several else ''})>{s[end + 1:]}"
    return s


def normal(s):
    s = re.sub(r'(?:for<[^<>]*> )?(?:unsafe )?(?:extern "[^"]*" )?fn\([^(){}]*\)(?: -> [^{}]*?)? \{([^{}]*)\}', r"\1", s)
    s = re.sub(r"\{closure@[^{}]*?:\d+:\d+(: \d+:\d+)?\}", "{closure}", s)
    while True:
        t = re.sub(r"\{closure@(?:[^{}]|\{[^{}]*\})*\}", "{closure}", s)
        if t == s:
            break
        s = t
    s = plain_fn_traits(s)
    s = re.sub(r"\((dyn [^()]*?)( \+ 'static)?\)", r"\1", s)
    s = drop_regions(s)
    s = re.sub(r" - shim\([^()]*\)| - shim", " - shim", s)
    s = re.sub(r"<impl ([^<>]*(?:<[^<>]*>)?[^<>]*)>", r"<impl \1>", s)
    return last_segments(s).replace("dyn for<> ", "dyn ").replace("::<", "<")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("ours")
    p.add_argument("reference")
    p.add_argument("--names", action="store_true", help="names must be equal too")
    a = p.parse_args()
    key = (lambda s: s) if a.names else normal
    ours, ref = read(a.ours), read(a.reference)
    mine, theirs = Counter(map(key, ours)), Counter(map(key, ref))
    shown = {key(s): s for s in ours + ref}
    missing, extra = theirs - mine, mine - theirs
    for sign, diff in (("-", missing), ("+", extra)):
        for k in sorted(diff):
            print(sign, shown[k] + (f"  (x{diff[k]})" if diff[k] > 1 else ""))
    print(f"{len(ours)} ours, {len(ref)} reference, {sum(missing.values())} missing, {sum(extra.values())} too much")
    sys.exit(1 if missing or extra else 0)


if __name__ == "__main__":
    main()
