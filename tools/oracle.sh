#!/usr/bin/env bash
# The reference compiler, for comparison only: Debian's rustc-web with its libraries and sources, fetched by package name into a
# cache folder, never installed. `tools/oracle.sh ARGS..` runs it as rustc with unstable options allowed;
# `tools/oracle.sh --fetch` only fetches. ORACLE_VERSION (1.96) chooses another version of the same release, ORACLE_HOME the folder.
set -euo pipefail
version=${ORACLE_VERSION:-1.96}
home=${ORACLE_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/ferric-oracle}/$version

fetch() {
  local full
  full=$(apt-cache madison rustc-web | awk -F' *[|] *' -v want="$version." '{gsub(/ /, "", $2)} index($2, want) == 1 {print $2; exit}')
  if [[ -z $full ]]; then
    echo "oracle: the package lists have no rustc-web $version (apt-get update?)" >&2
    exit 2
  fi
  mkdir -p "$home/deb"
  cd "$home/deb"
  apt-get -qq download "rustc-web=$full" "libstd-rust-web-$version=$full" "libstd-rust-web-dev=$full" "rust-web-src=$full" >&2
  local llvm
  for llvm in $(for d in *.deb; do dpkg-deb -f "$d" Depends; done | grep -oE 'libllvm[0-9]+|rust-web-llvm' | sort -u); do
    apt-get -qq download "$llvm" >&2
  done
  for d in *.deb; do dpkg-deb -x "$d" ..; done
  cd - >/dev/null
  rm -rf "$home/deb"
  touch "$home/ok"
}

[[ -e $home/ok ]] || fetch
[[ ${1:-} = --fetch ]] && exit
export LD_LIBRARY_PATH=$home/usr/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} RUSTC_BOOTSTRAP=1
exec "$home/usr/bin/rustc" "$@"
