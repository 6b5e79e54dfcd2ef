#!/usr/bin/env bash
# clang-tidy over what is built in the folder given, tests left out. It does not read torch's
# headers as C++20, so files of core that include them are left out as well.
set -euo pipefail
build="$(cd "$1" && pwd)"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
libraries='<(torch|ATen|c10|caffe2)/'
headers='"core/(digit_net|engine|tensor_file)\.h"'
mapfile -t sources < <(find core ui app -name '*.cpp' -print0 | \
    xargs -0 grep -LE "^#include ($libraries|$headers)" | sort)
# GCC's own warning options mean nothing to it, and it counts what system headers would deserve.
printf '%s\0' "${sources[@]}" |
    xargs -0 -n 4 -P "$(nproc)" \
        clang-tidy --quiet -p "$build" --extra-arg=-Wno-unknown-warning-option \
        2> >(grep -v 'warnings generated' >&2)
