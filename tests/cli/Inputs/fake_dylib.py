"""Writes an ELF file with rustc's metadata of a proc macro crate and nothing else: fake_dylib.py FILE VERSION [TARGET]"""
import struct
import sys

path, version, target = sys.argv[1], sys.argv[2], (sys.argv[3:] or ["x86_64-unknown-linux-gnu"])[0]


def text(s):
    return bytes([len(s)]) + s.encode() + b"\xc1"


head = b"rust\0\0\0\x0a"
root = b"\0" + text(target) + bytes(16) + b"\0" + text("macros") + b"\1\0" + text("") + bytes(8) + b"\0\0\2"
blob = head + struct.pack("<Q", 16 + len(text(version))) + text(version) + root
metadata = head + struct.pack("<Q", len(blob)) + blob
names = b"\0.rustc\0.names\0"
sections = [(0, 0, 0, 0), (1, 1, 64, len(metadata)), (8, 3, 64 + len(metadata), len(names))]
with open(path, "wb") as f:
    f.write(b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 0, 64 + len(metadata) + len(names), 0, 64, 56, 0, 64, len(sections), 2))
    f.write(metadata + names)
    for name, kind, offset, size in sections:
        f.write(struct.pack("<IIQQQQIIQQ", name, kind, 0, 0, offset, size, 0, 0, 1, 0))
