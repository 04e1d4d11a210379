#!/usr/bin/env bash
# Builds the compiler as it should be installed: optimised for the profile of an instrumented build (Clang's profile-guided and
# ThinLTO optimisation; LLVM's own libraries come compiled), then laid out anew by llvm-bolt, LLVM's code included.
# `tools/release.sh FOLDER` leaves it as FOLDER/bin/ferric. A step is done again when what it is made from has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$1 training=build-training
step() { echo "release: $1"; }
# llvm-bolt, which says much; shown when it fails.
bolt() { llvm-bolt-22 "$@" >>"$out/layout/log" 2>&1 || { tail -5 "$out/layout/log" >&2; exit 1; }; }
isOlder() { [[ ! -e $1 || $1 -ot $2 ]]; }

configure() { cmake --preset release -B "$1" -DFERRIC_TESTS=OFF "${@:2}" >/dev/null; }

step "instrumented build"
configure $training -DFERRIC_TRAIN=ON
ninja -C $training ferric-training
if isOlder $training/profile $training/bin/ferric-training; then
  step "first training"
  rm -rf $training/raw $training/*.profdata
  LLVM_PROFILE_FILE=$PWD/$training/raw/%p.profraw tools/train.sh $training/bin/ferric-training
  llvm-profdata-22 merge -o $training/new.profdata $training/raw/*.profraw
  # Named after its contents: another profile is another option, with which everything is compiled anew.
  profile=$PWD/$training/$(sha256sum <$training/new.profdata | cut -c1-16).profdata
  mv $training/new.profdata "$profile"
  echo "$profile" >$training/profile
fi

step "optimised build"
mkdir -p "$out"
configure "$out/build" -DFERRIC_PROFILE="$(<$training/profile)"
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
