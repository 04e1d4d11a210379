#!/usr/bin/env bash
# Compiler launcher: ccache, set up so that checkouts in different folders share results. `tools/compile.sh COMPILER ARGS..`
#
# A precompiled header holds absolute paths, which would tell checkouts apart. It is therefore compiled without ccache, and named to
# ccache by a checksum of its preprocessed text (X.pch.sum) instead of its own bytes. Arguments that ccache takes as they are
# (after -Xclang) are made relative here.
set -euo pipefail
top=$(dirname "$(dirname "$(readlink -f "$0")")")
export CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

up=$(realpath --relative-to="$PWD" "$top")
args=() previous='' out=''
for arg in "$@"; do
  [[ $previous = -Xclang ]] && arg=${arg/#$top\//$up/}
  [[ $previous = -o ]] && out=$arg
  args+=("$arg")
  previous=$arg
done
[[ $out = *.pch ]] || exec ccache "${args[@]}"

"$@"
preprocess=()
for ((i = 0; i < ${#args[@]}; ++i)); do
  case ${args[i]} in
    -Xclang) if [[ ${args[i + 1]} = -emit-pch ]]; then ((++i)); continue; fi ;;
    -o | -MF | -MT) ((++i)); continue ;;
    -MD | -c) continue ;;
  esac
  preprocess+=("${args[i]}")
done
"${preprocess[@]}" -E -P -o - | sed "s,$top,,g" | sha256sum >"$out.sum"
