#!/usr/bin/env bash
# Sets up and runs Normscope on Debian 12: installs what is missing, builds, and opens the window.
#   packaging/run.sh                 the window; with no display, a short training and its pictures
#   packaging/run.sh ARGUMENT...     the program with exactly these arguments
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

program="$project/build/release/normscope"

# The tests need more packages than the program: tests/run.sh turns them on.
set_up() {
    install_dependencies build
    configure release -DBUILD_TESTING=OFF
    build release --target normscope "$@"
}

train_and_render() {
    local folder page
    folder="$(mktemp -d "${TMPDIR:-/tmp}/normscope.XXXXXX")"
    "$program" train --norms batch,layer,group --epochs 1 --train-limit 6000 --out "$folder/run"
    for page in train normalize affine misclassified findings; do
        "$program" render --page "$page" --run "$folder/run" --out "$folder/$page.png"
        echo "$folder/$page.png"
    done
}

if [[ $# -gt 0 ]]; then
    # Standard output belongs to the program alone.
    if [[ ! -x "$program" ]]; then
        echo "Building Normscope; the first time this takes some minutes." >&2
    fi
    set_up -- --quiet | sed '/^ninja: no work to do\.$/d' >&2
    exec "$program" "$@"
fi

set_up
if [[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]]; then
    exec "$program"
fi
echo "No display: training three small networks instead, and drawing the result."
train_and_render
