#!/usr/bin/env bash
# What a compiler is trained on: the library's sources with the options of a kernel build, declarations as bindgen makes them, and a
# program with and without optimisation. `tools/train.sh COMPILER`; what is compiled is thrown away.
set -euo pipefail
cd "$(dirname "$0")/.."
ferric=$(realpath "$1")
core=$(ls -d /usr/src/rustc-*/library/core/src/lib.rs | sort -V | tail -1)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
export XDG_CACHE_HOME=$out

kernel=(--target x86_64-unknown-none -C opt-level=2 -C panic=abort -C overflow-checks=y -C code-model=kernel -C relocation-model=static
  -C no-redzone=y -C jump-tables=n -Z cf-protection=branch -Z function-sections=n --cap-lints allow)
"$ferric" "${kernel[@]}" --edition 2024 --cfg no_fp_fmt_parse --crate-name core --crate-type rlib --sysroot /dev/null \
  --emit=obj="$out/core.o" --emit=metadata="$out/libcore.rmeta" "$core"

{
  echo '#![no_std] #![allow(warnings)]'
  for ((i = 0; i < 1000; ++i)); do
    echo "pub const VALUE_$i: u32 = $i; pub const MASK_$i: i32 = -$i; pub type alias_$i = core::ffi::c_uint;
#[repr(C)] #[derive(Debug, Copy, Clone, Default)] pub struct record_$i { pub first: u64, pub second: *const core::ffi::c_void_, pub third: [u32; 4] }
extern \"C\" { pub fn call_$i(a: *mut record_$i, b: alias_$i) -> i32; pub static mut table_$i: [u8; 8]; }"
  done | sed 's/\*const core::ffi::c_void_/usize/'
} >"$out/bindings.rs"
"$ferric" "${kernel[@]}" --edition 2021 --crate-type rlib --sysroot /dev/null -L "$out" --emit=obj="$out/bindings.o" \
  --emit=metadata="$out/libbindings.rmeta" "$out/bindings.rs"

for level in 0 2; do
  for round in 1 2; do # the first makes the library's image
    "$ferric" --edition 2021 -C "opt-level=$level" -C panic=abort --emit=obj -o "$out/tour.o" examples/rfl_tour.rs
  done
done
