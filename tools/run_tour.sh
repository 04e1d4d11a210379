#!/usr/bin/env bash
# Compiles examples/rfl_tour.rs against the real core, runs it, and shows where its tables lie. Argument: the compiler.
set -euo pipefail
cd "$(dirname "$0")/.."
ferric=$1
out=$(dirname "$ferric")/rfl_tour
echo "compiling examples/rfl_tour.rs (no #![feature]) with $("$ferric" --version)"
start=$(date +%s%N)
# Static, without start files; libc only for memcpy and its like.
"$ferric" --edition 2021 -O -C panic=abort -C relocation-model=static \
  -C link-args='-nostartfiles -static -lc' -o "$out" examples/rfl_tour.rs
echo "compiled, core included, in $((($(date +%s%N) - start) / 1000000)) ms; running:"
"$out"
