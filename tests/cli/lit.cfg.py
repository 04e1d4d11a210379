"""The command line: exit codes, files read and written, what is printed. Shell tests with FileCheck."""
import os
import sys

import lit.formats

config.name = "cli"
config.suffixes = [".test"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = lit_config.params.get("work", os.path.join(config.test_source_root, "..", "..", "build", "cli"))
config.test_format = lit.formats.ShTest(execute_external=False)
config.substitutions.append(("%ferric", lit_config.params.get("compiler", "ferric")))
config.substitutions.append(("%FileCheck", lit_config.params.get("filecheck", "FileCheck-22")))
config.substitutions.append(("%library", lit_config.params.get("library", "/nowhere")))
config.substitutions.append(("%python", sys.executable))
config.excludes = ["Inputs"]
if "XDG_CACHE_HOME" in os.environ:
    config.environment["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]
config.environment["FERRIC_LIBRARY_SRC"] = os.environ.get("FERRIC_LIBRARY_SRC", "")
if not config.environment["FERRIC_LIBRARY_SRC"]:
    del config.environment["FERRIC_LIBRARY_SRC"]
