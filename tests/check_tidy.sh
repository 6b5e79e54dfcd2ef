#!/usr/bin/env bash
# clang-tidy over what is built in a folder, tests left out, and core/torch, since it does not read
# torch's headers as C++20.
#   check_tidy.sh BUILD           all of it: 45 minutes of one core
#   check_tidy.sh BUILD --latest  the dozen that changed last, as git tells; 77 where git is absent
set -euo pipefail
build="$(cd "$1" && pwd)"
cd "$(dirname "${BASH_SOURCE[0]}")/.."
readable=(core ui app ':!core/torch')
if [[ "${2:-}" == --latest ]]; then
    git rev-parse --git-dir >/dev/null 2>&1 || exit 77
    mapfile -t sources < <(git log --name-only --pretty=format: -- "${readable[@]}" |
        awk '/\.cpp$/ && !seen[$0]++ && !system("test -f " $0)' | sed -n '1,12p')
else
    mapfile -t sources < <(find core ui app -name '*.cpp' -not -path 'core/torch/*' | sort)
fi
# GCC's own warning options mean nothing to it, and it counts what system headers would deserve.
printf '%s\0' "${sources[@]}" |
    xargs -0 -n 4 -P "$(nproc)" \
        clang-tidy --quiet -p "$build" --extra-arg=-Wno-unknown-warning-option \
        2> >(grep -v 'warnings generated' >&2)
