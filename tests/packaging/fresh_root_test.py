#!/usr/bin/env python3
"""The package installs on a bare Debian 12 by apt alone, and there the program does its work.

The argument is the build folder. Ends with 77, and says why, where the machine cannot make a bare
Debian: that takes root, debootstrap and a mirror that answers.
"""

import json
import os
import shutil
import subprocess
import sys
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import displays
import packing
import support

SKIPPED = 77
SUITE = "bookworm"
os.environ["PATH"] += ":/usr/sbin:/sbin"  # where debootstrap is, and what it calls
SOMEBODY = 1000  # an ordinary user's number
# Mounts are seen by the command alone and end with it, as do its processes.
ENTER = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--", "/bin/sh", "-ec", """
    mount -t proc proc "$1/proc"
    for folder in dev sys tmp/.X11-unix; do
        mkdir -p "$1/$folder"
        mount --rbind "/$folder" "$1/$folder"
    done
    shift
    exec "$@" """, "enter"]


def package_sources():
    """(address, suite) of this machine's own sources of packages of that Debian, updates too."""
    listed = packing.run("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)",
                         "Created-By: Packages", "Component: main")
    sources = dict.fromkeys(tuple(line.split()) for line in listed.splitlines())
    return [(address, suite) for address, suite in sources
            if suite in (SUITE, f"{SUITE}-updates", f"{SUITE}-security")]


def mirror():
    return next((address for address, suite in package_sources() if suite == SUITE), None)


def obstacle():
    """Why no bare Debian can be made here, or None."""
    if os.geteuid() != 0:
        return "it takes root"
    if shutil.which("debootstrap") is None:
        return "debootstrap is not installed"
    if subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], check=False).returncode:
        return "nothing can be mounted here"
    if mirror() is None:
        return f"the package sources of this machine have no {SUITE}"
    try:
        with urllib.request.urlopen(f"{mirror()}dists/{SUITE}/InRelease", timeout=60):
            return None
    except (urllib.error.URLError, TimeoutError) as error:
        return f"the mirror {mirror()} does not answer: {error}"


class Root:
    """A bare Debian in a folder."""

    def __init__(self, folder):
        self.folder = folder
        packing.run("debootstrap", "--variant=minbase", SUITE, folder, mirror())
        sources = "".join(f"deb {address} {suite} main\n" for address, suite in package_sources())
        (folder / "etc/apt/sources.list").write_text(sources)
        # Nobody minds if this system is lost when the power is.
        (folder / "etc/dpkg/dpkg.cfg.d/unsafe-io").write_text("force-unsafe-io\n")
        self.home = folder / "home/somebody"
        self.home.mkdir()
        os.chown(self.home, SOMEBODY, SOMEBODY)

    def administer(self, *command):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C",
                       "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        return packing.run(*ENTER, self.folder, "chroot", self.folder, *command, env=environment)

    def command(self, *command, **variables):
        """What runs this as an ordinary user, in the home folder."""
        variables = {"HOME": "/home/somebody", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8",
                     **variables}
        return [*ENTER, str(self.folder), "chroot", f"--userspec={SOMEBODY}:{SOMEBODY}",
                str(self.folder), "/usr/bin/env", "-i", "--chdir=/home/somebody",
                *(f"{name}={value}" for name, value in variables.items()), *map(str, command)]


class FreshRoot(support.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        package = packing.pack("DEB", cls.folder / "packed")
        cls.root = Root(cls.folder / "root")
        shutil.copy(package, cls.root.folder)
        cls.root.administer("apt-get", "update")
        # Without what is only recommended: what is needed must be depended on.
        said = cls.root.administer("apt-get", "install", "-y", "--no-install-recommends",
                                   f"/{package.name}")
        print(package.name, package.stat().st_size, "bytes")
        print(*[line for line in said.splitlines() if "newly installed" in line
                or line.startswith(("Need to get", "After this"))], sep="\n", flush=True)

    def run_inside(self, *command):
        """Its standard output; with no display, as an ordinary user."""
        done = subprocess.run(self.root.command(*command), capture_output=True, text=True,
                              check=False)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def test_main_job(self):
        self.run_inside("normscope", "train", "--norms", "batch,layer,group", "--epochs", "1",
                        "--train-limit", "2000", "--out", "run")
        run = self.root.home / "run"
        models = support.models_of(run)
        self.assertEqual(list(models), ["batch", "layer", "group"])
        self.assertEqual(support.comparison_of(run)["dataset"]["folder"],
                         "/usr/share/normscope/datasets/mnist")
        evaluation = json.loads(self.run_inside("normscope", "evaluate", "--norm", "batch",
                                                "--model", "run/batch/model.pt"))
        self.assertEqual(evaluation["wrong"], models["batch"]["wrong"])

    def test_normalize(self):
        (self.root.home / "cells.csv").write_text("1,2,3,4\n")
        for name in ("y.json", "y.xlsx", "y.png"):
            self.run_inside("normscope", "normalize", "--input", "cells.csv", "--shape", "1,1,2,2",
                            "--norm", "layer", "--out", name)
            self.assertGreater((self.root.home / name).stat().st_size, 0)
        result = json.loads((self.root.home / "y.json").read_text("utf-8"))
        self.assertEqual(result["statistics"][0]["variance"], 1.25)

    def test_matrix_products_are_openblas(self):
        """Even where another program has brought the reference BLAS."""
        self.root.administer("apt-get", "install", "-y", "libblas3", "liblapack3")
        libraries = self.run_inside("ldd", "/usr/lib/x86_64-linux-gnu/normscope/libnormscope_torch.so")
        blas = next(line.split()[2] for line in libraries.splitlines() if "libblas.so.3" in line)
        self.assertIn("openblas", self.run_inside("readlink", "-f", blas))

    def test_window(self):
        """It opens, shows itself and closes; what it was like is kept."""
        with displays.XDisplay() as display:
            with subprocess.Popen(self.root.command("normscope", DISPLAY=display.name)) as process:
                try:
                    window = display.shown_window(process)
                    self.assertEqual(window.get_wm_name(), "Normscope")
                    display.close(window)
                    self.assertEqual(process.wait(displays.PATIENCE), 0)
                finally:
                    process.kill()
        self.assertTrue((self.root.home / ".config/normscope/settings.json").is_file())

    def test_tarball_runs_beside_it(self):
        """From any folder, on the libraries that the package brought."""
        prefix = packing.unpack(packing.pack("TGZ", self.folder / "tarball"),
                                self.root.home / "elsewhere")
        program = Path("/", prefix.relative_to(self.root.folder), "bin/normscope")
        model = "../share/normscope/runs/mnist-20-epochs/group/model.pt"
        evaluation = json.loads(self.run_inside(program, "evaluate", "--norm", "group", "--model",
                                                program.parent / model))
        self.assertLess(evaluation["wrong"], 100)


if __name__ == "__main__":
    if reason := obstacle():
        print("Skipped, no bare Debian can be made here:", reason)
        sys.exit(SKIPPED)
    unittest.main()
