# Sourced by packaging/run.sh and tests/run.sh: install what is missing, configure, build.
# Everything here looks first whether there is anything to do.

project="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# The packages that packaging/dependencies lists under the sections named.
packages_of() {
    awk -v sections="$*" '
        /^\[/ { wanted = index(" " sections " ", " " substr($1, 2, length($1) - 2) " ") }
        /^[a-z]/ && wanted { print $1 }' "$project/packaging/dependencies"
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        echo "Neither root nor sudo here: as root, run $*" >&2
        return 1
    fi
}

# install_dependencies SECTION...
install_dependencies() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    local package missing=()
    for package in $(packages_of "$@"); do
        [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" == installed ]] ||
            missing+=("$package")
    done
    if [[ ${#missing[@]} -eq 0 ]]; then
        return
    fi
    echo "Installing ${missing[*]}"
    # A package source that cannot be reached is no obstacle when the others have what is missing.
    as_root "${apt[@]}" update || echo "Package lists could not all be renewed." >&2
    as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}"
}

# configure PRESET [CMAKE OPTION...]: once; from then on the build configures itself when it must.
configure() {
    if [[ ! -e "$project/build/$1/build.ninja" ]]; then
        echo "Configuring build/$1"
        (cd "$project" && cmake --preset "$@")
    fi
}

# build PRESET [OPTION OF cmake --build...]: as many compilers as cores, for torch's headers make
# each of them need more than a gigabyte.
build() {
    (cd "$project" && cmake --build --preset "$1" --parallel "$(nproc)" "${@:2}")
}
