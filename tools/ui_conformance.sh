#!/usr/bin/env bash
# Runs the reference's own tests of the kernel's language features: tools/ui_conformance.py says how and with which options.
exec python3 "$(dirname "$(readlink -f "$0")")/ui_conformance.py" "$@"
