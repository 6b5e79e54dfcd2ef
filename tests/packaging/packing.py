"""Installs and packs what has been built. The first argument of the script is the build folder."""

import subprocess
import sys
import tarfile
from pathlib import Path

BUILD = Path(sys.argv.pop(1))


def run(*command, **options):
    """Its output. What goes wrong is told."""
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}\n{done.stdout}")
    return done.stdout


def install(prefix):
    run("cmake", "--install", BUILD, "--prefix", prefix)


def pack(generator, folder):
    """The package that cpack makes, and nothing else in `folder` that ends as it does."""
    run("cpack", "--config", BUILD / "CPackConfig.cmake", "-G", generator, "-B", folder)
    package, = folder.glob({"DEB": "*.deb", "TGZ": "*.tar.gz"}[generator])
    return package


def unpack(tarball, folder):
    """The only folder in it, as it lies in `folder`."""
    with tarfile.open(tarball) as archive:
        archive.extractall(folder)
    prefix, = folder.iterdir()
    return prefix
