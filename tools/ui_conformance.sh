#!/usr/bin/env bash
# Runs the reference's own tests of the kernel's language features, as far as core is all they need, and prints how many give the same
# result: the material beside the project (../shared, or SHARED) has them with the reference's verdicts. Skips, saying so, without it.
# Arguments: the compiler, then options of the runner (--feature RX, --tier A, --codes, --out FILE).
set -uo pipefail
here=$(readlink -f "$(dirname "$0")")
ferric=$(readlink -f "$1")
shift
shared=$(readlink -f "${SHARED:-$here/../../shared}")
if [[ ! -f $shared/tools/ui_suite.py ]]; then
  echo "skipped: there is no $shared/tools/ui_suite.py"
  exit 0
fi
for feature in 1-arbitrary-self-types 2-coerce-pointee 3-asm-goto 4-offset-of 5-const-refs-to-static; do
  for tier in A B; do
    echo "$feature, tier $tier"
    python3 "$shared/tools/ui_suite.py" --cc "$here/compile_std_test.py $ferric" --lib 'none|core|no_core|no_std\+core' \
      --feature "$feature" --tier "$tier" "$@"
  done
done
