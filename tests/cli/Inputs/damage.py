"""Damages a file in one way after another and compiles after each: damage.py PATTERN EXPECTED COMPILER ARGS..

PATTERN is of the file's name. The argument after -o must come to equal EXPECTED, and the file must be made again.
"""
import glob
import os
import random
import subprocess
import sys

pattern, expected, *command = sys.argv[1:]
output = command[command.index("-o") + 1]
[file] = glob.glob(pattern)


def read(path):
    with open(path, "rb") as f:
        return f.read()


whole, wanted = read(file), read(expected)
random.seed(1)
used = [i for i, byte in enumerate(whole) if byte]
ways = [whole[:n] for n in (0, 10, 64, len(whole) // 2, len(whole) - 1)] + [whole + b"x"]
for at in [*random.sample(used, 30), *range(8, 56, 6)]:
    ways.append(whole[:at] + bytes([whole[at] ^ 1 << random.randrange(8)]) + whole[at + 1:])
for number, damaged in enumerate(ways):
    with open(file, "wb") as f:
        f.write(damaged)
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode or read(output) != wanted:
        sys.exit(f"way {number}: exit code {done.returncode}\n{done.stderr}")
    if damaged[12:16] == whole[12:16] and read(file) == damaged:  # those bytes of an image mean nothing
        sys.exit(f"way {number}: the file was not replaced")
print(f"{len(ways)} damaged files, all replaced")
