#!/usr/bin/env bash
# Makes the Debian package and the tarball, and says where they are.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

install_dependencies build package
configure release -DBUILD_TESTING=OFF
build release --target normscope
cd "$project/build/release"
cpack
