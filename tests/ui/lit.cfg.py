"""Compile, run and fail tests: one Rust file each, its expectations inside (see CONTRIBUTING.md, "Tests")."""
import os
import sys

import lit.formats

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import ferric_format

config.name = "ui"
config.suffixes = [".rs"]
config.excludes = ["support", "auxiliary"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = lit_config.params.get("work", os.path.join(config.test_source_root, "..", "..", "build", "ui"))
config.test_format = ferric_format.FerricFormat(
    compiler=lit_config.params.get("compiler", "ferric").split(),
    filecheck=lit_config.params.get("filecheck", "FileCheck-22"),
)
