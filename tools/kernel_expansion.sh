#!/usr/bin/env bash
# Compares what the kernel's Rust crates expand to, procedural macros included, with the reference's -Zunpretty=expanded, token by token.
# Usage: LINUX=<unpacked Linux 6.12 source> kernel_expansion.sh FERRIC [CONFIG ...]     (configs a, b and c; a when none is given)
# The recorded command lines of a kernel build (SHARED/kernel, beside the project) are replayed with both compilers in folders of the
# same name, then each crate is expanded by both. The last line is the sum.
set -uo pipefail
cd "$(dirname "$0")/.."
ferric=$(readlink -f "$1"); shift
tools=$PWD/tools
replay=$(readlink -f "${SHARED:-../shared}/kernel/replay.sh")
export LINUX=${LINUX:?names no unpacked source of Linux 6.12} LIB=${LIB:-$(ls -d /usr/src/rustc-1.96*/library | tail -1)} RUSTC_BOOTSTRAP=1
export FERRIC_HOST_RUSTC=$tools/oracle.sh KEEP_GOING=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

for config in "${@:-a}"; do
  libraries=(macros core compiler_builtins ffi build_error bindings uapi kernel)
  leaves=(rust_minimal rust_print ax88796b_rust qt2025 rnull drm_panic_qr)
  [[ $config = a ]] || leaves+=(doctests_kernel_generated)
  for side in theirs ours; do
    compiler=$ferric
    [[ $side = ours ]] || compiler=$tools/oracle.sh
    # In a folder of one name, which file!() shows.
    rm -rf "$work/out"
    RUSTC=$compiler OUT=$work/out SET=$config bash "$replay" "${libraries[@]}" "${leaves[@]}" >"$work/log" || cat "$work/log"
    for crate in kernel "${leaves[@]}"; do
      (cd "$work/out" && eval "$(cat "cmd-$crate.txt") -Zunpretty=expanded") >"$work/$crate.$side.rs" 2>"$work/$crate.$side.err" ||
        head -5 "$work/$crate.$side.err"
    done
  done
  for crate in kernel "${leaves[@]}"; do
    if tools/compare_expansion.py "$work/$crate.ours.rs" "$work/$crate.theirs.rs" >"$work/diff"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
      echo "FAIL $config $crate"
      head -20 "$work/diff"
    fi
    echo "$config $crate: $(tail -1 "$work/diff")"
  done
done
echo "$passed passed, $failed failed"
[[ $failed = 0 ]]
