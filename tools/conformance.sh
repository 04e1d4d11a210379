#!/usr/bin/env bash
# Compares the compiler with the reference on the material beside the project (../shared, or SHARED): the bring-up programs with
# their exit codes and outputs, their sets of monomorphised items, core's expanded token stream, the layouts of its types, and what the kernel's crates expand to. The traces that
# the tests of drop order and patterns carry are run with the reference, too: they must be its own. Parts whose material is
# missing are skipped, and say so. Argument: the compiler. The last line is the sum.
set -uo pipefail
cd "$(dirname "$0")/.."
ferric=$(readlink -f "$1")
shared=${SHARED:-../shared}
oracle=$PWD/tools/oracle.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

verdict() { # verdict STATUS NAME [DETAIL]
  if [[ $1 = 0 ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAIL $2 ${3:-}"; fi
}

programs() {
  local bringup=$1 panic level entry name want
  "$oracle" --edition 2021 --crate-type lib --emit=obj -O -C panic=abort -C relocation-model=static -A warnings \
    "$bringup/mem_stubs.rs" -o "$work/mem.o" || return 1
  for panic in abort immediate-abort; do
    for level in 0 2; do
      for entry in p0:7 p1:3 p3m:164 p3n:164 p2:101 p3:62; do
        name=${entry%:*} want=${entry#*:}
        # A panic under immediate-abort is an illegal instruction by definition.
        [[ $name = p2 && $panic = immediate-abort ]] && continue
        (cd "$bringup" && "$ferric" --edition 2021 -C panic=$panic -C opt-level=$level -C relocation-model=static \
          -C link-args="-nostartfiles -nostdlib -static $work/mem.o" "$name.rs" -o "$work/$name") 2>"$work/err"
        verdict $? "$name $panic O$level compiles" "$(head -3 "$work/err")"
        timeout 20 "$work/$name" >"$work/out"
        local code=$?
        [[ $code = "$want" ]]; verdict $? "$name $panic O$level" "exits with $code, not $want"
        if [[ -e $bringup/$name.out ]]; then cmp -s "$work/out" "$bringup/$name.out"; verdict $? "$name $panic O$level prints $name.out"; fi
        rm -f "$work/$name"
      done
    done
  done
}

items() { # printed, not judged: core's statics are emitted here and linked there
  local bringup=$1 list name panic
  for list in "$bringup"/items/*.txt; do
    name=$(basename "$list" .txt) panic=${name#*.} name=${name%%.*}
    (cd "$bringup" && "$ferric" --edition 2021 -C panic=$panic -C debug-assertions=off -C overflow-checks=on -Zprint-mono-items --emit=obj \
      "$name.rs" -o "$work/o") >"$work/items" 2>/dev/null
    echo "items $name $panic: $(tools/compare_items.py "$work/items" "$list" | tail -1)"
  done
}

expansion() {
  local lib
  lib=$(ls -d /usr/src/rustc-*/library | sort -V | tail -1)
  local args=(--edition 2024 --crate-name core --crate-type lib -C panic=abort "$lib/core/src/lib.rs" -Zunpretty=expanded)
  "$ferric" "${args[@]}" >"$work/ours.rs" && "$oracle" "${args[@]}" >"$work/theirs.rs" &&
    tools/compare_expansion.py "$work/ours.rs" "$work/theirs.rs" >"$work/diff"
  verdict $? "core's expanded tokens" "$(head -5 "$work/diff")"
  tail -1 "$work/diff"
}

traces() {
  tools/run_tests.py --compiler "$oracle" tests/ui/drop tests/ui/patterns >"$work/traces"
  verdict $? "traces of drops and patterns are the reference's" "$(grep '^FAIL' "$work/traces")"
  echo "traces of drops and patterns: $(tail -1 "$work/traces")"
}

# Every struct, union and enum of core that is not generic, then every type the bodies of core use.
layouts() {
  local lib
  lib=$(ls -d /usr/src/rustc-*/library | sort -V | tail -1)
  local args=(--edition 2024 --crate-name core --crate-type lib -C panic=abort --cap-lints=allow "$lib/core/src/lib.rs")
  "$oracle" "${args[@]}" --emit=obj -Zprint-type-sizes -o "$work/core.o" >"$work/theirs.sizes"
  "$ferric" "${args[@]}" -Zunpretty=type-sizes >"$work/ours.sizes" && tools/compare_layouts.py "$work/ours.sizes" "$work/theirs.sizes" >"$work/diff"
  verdict $? "layouts of core's types" "$(cat "$work/diff")"
  tail -1 "$work/diff"
  "$ferric" "${args[@]}" -Zcheck-all-bodies -Zprint-type-sizes >"$work/ours.sizes" 2>/dev/null && tools/compare_layouts.py "$work/ours.sizes" "$work/theirs.sizes" >"$work/diff"
  verdict $? "layouts of all types in core's bodies" "$(cat "$work/diff")"
  tail -1 "$work/diff"
}

"$oracle" --fetch
if [[ -d $shared/bringup ]]; then
  programs "$(readlink -f "$shared/bringup")"
  items "$(readlink -f "$shared/bringup")"
else
  skipped=$((skipped + 1)); echo "skipped: there is no $shared/bringup"
fi
traces
expansion
layouts
if [[ -d $shared/kernel && -d ${LINUX:-/nowhere} ]]; then
  tools/kernel_expansion.sh "$ferric"
  verdict $? "the kernel's expanded tokens"
else
  skipped=$((skipped + 1)); echo "skipped: there is no $shared/kernel, or LINUX names no unpacked source of Linux 6.12"
fi
echo "$passed passed, $failed failed$([[ $skipped = 0 ]] || echo ", $skipped skipped")"
[[ $failed = 0 ]]
