#!/usr/bin/env bash
# Sets up, builds and runs the tests; no display is needed. CTest's summary ends the output.
#   tests/run.sh          all but the tests labelled "long"
#   tests/run.sh --all    those too, after the same suite under AddressSanitizer with
#                         UndefinedBehaviorSanitizer and under ThreadSanitizer, and a minute of
#                         fuzzing for each reader
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../packaging/setup.sh"

# suite PRESET [OPTION OF ctest...]
suite() {
    local tree="$project/build/$1"
    # packaging/run.sh may have configured the same folder without tests.
    if grep -qs '^BUILD_TESTING:BOOL=OFF' "$tree/CMakeCache.txt"; then
        rm -f "$tree/build.ninja"
    fi
    configure "$1" -DBUILD_TESTING=ON
    build "$1"
    echo "Testing build/$1"
    # One more than there are cores: tests of the window wait most of the time.
    ctest --test-dir "$tree" --output-on-failure --no-tests=error -j "$(($(nproc) + 1))" "${@:2}"
}

case "$*" in
    "" | --all) ;;
    *)
        echo "tests/run.sh takes --all or nothing, not: $*" >&2
        exit 2
        ;;
esac

install_dependencies build package test
if [[ "$*" == --all ]]; then
    suite asan -LE long
    suite tsan -LE long
    suite fuzz
    suite release
else
    suite release -LE long
fi
