#!/usr/bin/env bash
# Builds the compiler as it should be installed: optimised for the profile of an instrumented build (Clang's profile-guided and
# ThinLTO optimisation; LLVM's own libraries come compiled), then laid out anew by llvm-bolt, LLVM's code included.
# `tools/release.sh FOLDER` leaves it as FOLDER/bin/ferric. A step is done again when what it is made from has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$1 training=build-training
profile=$PWD/$training/ferric.profdata
step() { echo "release: $1"; }
# llvm-bolt, which says much; shown when it fails.
bolt() { llvm-bolt-22 "$@" >>"$out/layout/log" 2>&1 || { tail -5 "$out/layout/log" >&2; exit 1; }; }
isOlder() { [[ ! -e $1 || $1 -ot $2 ]]; }

configure() {
  [[ -f $1/build.ninja ]] || cmake --preset release -B "$1" -DFERRIC_TESTS=OFF "${@:2}" >/dev/null
}

step "instrumented build"
configure $training -DFERRIC_TRAIN=ON
ninja -C $training ferric-training
if isOlder "$profile" $training/bin/ferric-training; then
  step "first training"
  rm -rf $training/raw
  LLVM_PROFILE_FILE=$PWD/$training/raw/%p.profraw tools/train.sh $training/bin/ferric-training
  llvm-profdata-22 merge -o "$profile" $training/raw/*.profraw
fi

step "optimised build"
mkdir -p "$out"
configure "$out/build" -DFERRIC_PROFILE="$profile"
ninja -C "$out/build" ferric ferric-training
linked=$out/build/bin/ferric
if isOlder "$out/bin/ferric" "$linked"; then
  step "second training"
  rm -rf "$out/layout"
  mkdir -p "$out/layout" "$out/bin"
  bolt "$out/build/bin/ferric-training" -instrument -o "$out/layout/ferric" --instrumentation-file-append-pid \
    --instrumentation-file="$PWD/$out/layout/run"
  tools/train.sh "$out/layout/ferric"
  merge-fdata-22 "$out"/layout/run.*.fdata >"$out/layout/all.fdata" 2>>"$out/layout/log"
  step "layout"
  bolt "$linked" -o "$out/layout/laid-out" -data="$out/layout/all.fdata" -reorder-blocks=ext-tsp -reorder-functions=cdsort \
    -split-functions -split-all-cold -split-eh -icf=1 -use-gnu-stack
  mv "$out/layout/laid-out" "$out/bin/ferric"
  rm -rf "$out/layout"
fi
"$out/bin/ferric" --version
