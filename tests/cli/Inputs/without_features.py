"""Copies a folder of Rust sources without their #![feature(..)] lines: without_features.py FROM TO."""
import os
import shutil
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../tools"))
import compile_std_test  # pylint: disable=wrong-import-position

shutil.copytree(sys.argv[1], sys.argv[2])
for folder, _, names in os.walk(sys.argv[2]):
    for name in names:
        if name.endswith(".rs"):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            stripped = compile_std_test.without_features(text)
            if stripped != text:
                print(path)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(stripped)
