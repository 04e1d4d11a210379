"""The code that comes out: bench/programs compiled by both at opt-level 2, their outputs compared, their run times, instructions and
text sizes set against each other.

A program's `main` runs its work as often as its ROUNDS says; with an argument once, which is what instructions are counted of
(valgrind's cachegrind, when it is there)."""
import glob
import os
import re
import shutil
import subprocess

from measure import ORACLE, ORACLE_LINK, ROOT, alternate, geometric_mean, ratio, run

FLAGS = ["--edition", "2024", "-C", "opt-level=2", "-C", "panic=abort", "-C", "codegen-units=1", "-C", "link-arg=-lc", "-A", "warnings"]


def instructions(program):
    """Instructions of one round; None without valgrind."""
    if not shutil.which("valgrind"):
        return None
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", program, "once"]
    text = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    found = re.search(r"I +refs: +([\d,]+)", text)
    return int(found[1].replace(",", "")) if found else None


def text_size(program):
    for line in subprocess.run(["size", "-A", program], capture_output=True, text=True, check=True).stdout.splitlines():
        if line.startswith(".text "):
            return int(line.split()[1])
    return None


def measure_program(source, ferric, out, runs, count):
    """One program: a row of results, or None when one of the two does not compile it or their outputs differ."""
    name = os.path.basename(source)[:-3]
    programs = [os.path.join(out, name + suffix) for suffix in (".ferric", ".reference")]
    if not all([run([ferric, *FLAGS, "-o", programs[0], source]), run([ORACLE, *FLAGS, *ORACLE_LINK, "-o", programs[1], source])]):
        return None
    outputs = [run([p, "once"]) for p in programs]
    if not all(outputs) or outputs[0][2] != outputs[1][2]:
        print(f"{name}: the outputs differ")
        return None
    times = alternate([[p] for p in programs], runs)
    if not all(times):
        return None
    counts = [instructions(p) if count else None for p in programs]
    return {"program": name, "seconds": [t[0] for t in times], "instructions": counts, "text": [text_size(p) for p in programs]}


def section(ferric, out, runs=5, count=True, only=None):
    """Prints the table; returns (rows, all of them good)."""
    sources = sorted(s for s in glob.glob(os.path.join(ROOT, "bench/programs/*.rs")) if not only or os.path.basename(s)[:-3] in only)
    print(f"{'generated code, opt-level 2':<28} {'ferric':>8} {'reference':>10} {'time':>7} {'instructions':>13} {'text':>7}")
    rows = []
    for source in sources:
        row = measure_program(source, ferric, out, runs, count)
        if not row:
            print(f"{os.path.basename(source)[:-3]:<28} failed")
            continue
        rows.append(row)
        a, b = row["seconds"]
        row["ratios"] = [ratio(a, b), ratio(*row["instructions"]), ratio(*row["text"])]
        print(f"{row['program']:<28} {a:>6.2f} s {b:>8.2f} s {row['ratios'][0]:>7.3f} {row['ratios'][1]:>13.3f} {row['ratios'][2]:>7.3f}", flush=True)
    means = [geometric_mean([r["ratios"][i] for r in rows if r["ratios"][i] == r["ratios"][i]]) for i in range(3)]
    print(f"{'geometric mean':<28} {'':>8} {'':>10} {means[0]:>7.3f} {means[1]:>13.3f} {means[2]:>7.3f}")
    return rows, len(rows) == len(sources)
