#!/usr/bin/env python3
"""Compares two texts of expanded Rust token by token: what `ferric -Zunpretty=expanded` and rustc print for one crate.

Usage: compare_expansion.py OURS THEIRS [--max N] [--context N]

White space, ordinary comments, trailing commas and empty statements do not count. Prints each difference with its context, at most
--max of them, and the number of all. Exits 1 when there is a difference.
"""
import argparse
import re
import sys

TOKEN = re.compile(r"""
    (?P<doc>//[/!][^\n]*|/\*[*!](?:[^*]|\*(?!/))*\*/)
  | (?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)
  | (?P<space>\s+)
  | (?P<raw>[bc]?r(?P<hashes>\#*)".*?"(?P=hashes))
  | (?P<str>[bc]?"(?:[^"\\]|\\.)*")
  | (?P<char>b?'(?:[^'\\]|\\(?:x[0-9a-fA-F]{2}|u\{[^}]*\}|.))')
  | (?P<life>'[A-Za-z_][A-Za-z_0-9]*)
  | (?P<ident>(?:r\#)?[A-Za-z_\u0080-\U0010ffff][A-Za-z_0-9\u0080-\U0010ffff]*)
  | (?P<num>[0-9][0-9A-Za-z_]*(?:\.[0-9][0-9A-Za-z_]*)?(?:(?<=[eE])[+-][0-9_]+)?)
  | (?P<punct>.)
""", re.X | re.S)


ESCAPE = re.compile(r"""\\(?:u\{([0-9a-fA-F_]+)\}|x([0-9a-fA-F]{2})|\n\s*|(.))""", re.S)


def value(tok):
    """A string literal with its escapes decoded: both sides choose escapes freely."""
    def sub(m):
        if m.group(1):
            return chr(int(m.group(1).replace("_", ""), 16))
        if m.group(2):
            return chr(int(m.group(2), 16))
        c = m.group(3)
        return "" if c is None else {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}.get(c, c)
    return ESCAPE.sub(sub, tok)


def tokens(path):
    text = open(path, encoding="utf-8").read()
    text = text.removeprefix("#![feature(prelude_import)]\n")  # rustc's printer adds it
    out, lines = [], []
    line, last = 1, 0
    for m in TOKEN.finditer(text):
        if m.group("space") or m.group("comment"):
            continue
        start = m.start()
        line += text.count("\n", last, start)
        last = start
        tok = m.group(0)
        if m.group("doc"):
            tok = " ".join(tok.split())
        elif m.group("str"):
            tok = value(tok)
        out.append(tok)
        lines.append(line)
    return drop_optional(out, lines)


def drop_optional(toks, lines):
    """Removes commas before closing delimiters: both sides print some and not others."""
    out, out_lines = [], []
    for i, t in enumerate(toks):
        if t == "," and i and toks[i - 1] == "}":
            continue  # behind the block of a match arm
        if t == "," and i + 1 < len(toks) and toks[i + 1] in (")", "]", "}", ">"):
            # A tuple of one element keeps its comma.
            if not (toks[i + 1] == ")"):
                continue
        out.append(t)
        out_lines.append(lines[i])
    return out, out_lines


def resync(a, i, b, j, window=8, reach=4000):
    """The nearest pair of positions from which `window` tokens agree."""
    index = {}
    for k in range(min(reach, len(b) - j - window)):
        index.setdefault(tuple(b[j + k:j + k + window]), k)
    best = None
    for k in range(min(reach, len(a) - i - window)):
        if best is not None and k >= best[0] + best[1]:
            break
        other = index.get(tuple(a[i + k:i + k + window]))
        if other is not None and (best is None or k + other < best[0] + best[1]):
            best = (k, other)
    return best


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("ours")
    ap.add_argument("theirs")
    ap.add_argument("--max", type=int, default=20)
    ap.add_argument("--context", type=int, default=10)
    args = ap.parse_args()
    a, la = tokens(args.ours)
    b, lb = tokens(args.theirs)
    i = j = count = same = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            i += 1
            j += 1
            same += 1
            continue
        count += 1
        step = resync(a, i, b, j)
        di, dj = step if step else (len(a) - i, len(b) - j)
        if count <= args.max:
            c = args.context
            print(f"--- {count}: {args.ours}:{la[i]}  {args.theirs}:{lb[j]}")
            print("    after:  ", " ".join(a[max(0, i - c):i]))
            print("    ours:   ", " ".join(a[i:i + min(di, 60)]), "|", " ".join(a[i + di:i + di + 4]))
            print("    theirs: ", " ".join(b[j:j + min(dj, 60)]), "|", " ".join(b[j + dj:j + dj + 4]))
        i += di
        j += dj
    if i < len(a) or j < len(b):
        count += 1
        print("--- one side ends early:", " ".join(a[i:i + 20]), "|", " ".join(b[j:j + 20]))
    print(f"{len(a)} tokens, {len(b)} tokens, {same} equal, {count} differences")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
