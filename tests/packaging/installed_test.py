#!/usr/bin/env python3
"""Installed to a prefix or unpacked from the tarball, and then moved, the program finds its data.

The argument is the build folder.
"""

import shutil
import subprocess
import threading
import time
import unittest

import packing
import support

ID = "org.normscope.Normscope"
FILES = {
    "bin/normscope",
    "lib/x86_64-linux-gnu/normscope/libnormscope_app.so",
    "lib/x86_64-linux-gnu/normscope/libnormscope_core.so",
    "lib/x86_64-linux-gnu/normscope/libnormscope_frame.so",
    "lib/x86_64-linux-gnu/normscope/libnormscope_torch.so",
    f"share/applications/{ID}.desktop",
    f"share/metainfo/{ID}.metainfo.xml",
    f"share/icons/hicolor/scalable/apps/{ID}.svg",
    f"share/icons/hicolor/256x256/apps/{ID}.png",
    "share/man/man1/normscope.1.gz",
    "share/doc/normscope/copyright",
    "share/doc/normscope/changelog.gz",
    "share/doc/normscope/LICENSE",
    "share/normscope/datasets/mnist/NOTICE.md",
    "share/normscope/runs/mnist-20-epochs/comparison.json",
    "share/normscope/runs/mnist-20-epochs/group/model.pt",
}


class Installed(support.ProgramTest):
    def setUp(self):
        self.home = self.folder / self._testMethodName
        self.home.mkdir()

    def works(self, prefix, program=None):
        """It is all there, and the program there takes its images and its run from there."""
        program = program or prefix / "bin/normscope"
        self.assertEqual([name for name in FILES if not (prefix / name).is_file()], [])
        run = self.home / f"run of {program.parent.parent.name}"
        support.run_program("train", "--norms", "batch", "--epochs", "1", "--train-limit", "64",
                            "--out", run, program=program)
        self.assertEqual(support.comparison_of(run)["dataset"]["folder"],
                         str((prefix / "share/normscope/datasets/mnist").resolve()))
        self.assertEqual(self.first_page(program), self.first_page(support.PROGRAM))

    def first_page(self, program):
        """The page of misread digits at the very first start, which are those of the run."""
        picture = self.home / "page.png"
        support.run_program("render", "--page", "misclassified", "--out", picture,
                            program=program)
        return picture.read_bytes()

    def test_prefix(self):
        first, second = self.home / "first place", self.home / "second place"
        packing.install(first)
        self.works(first)
        first.rename(second)
        self.works(second)
        link = self.home / "link/bin/normscope"
        link.parent.mkdir(parents=True)
        link.symlink_to(second / "bin/normscope")
        self.works(second, program=link)
        with_run = self.first_page(link)
        shutil.rmtree(second / "share/normscope/runs")
        self.assertNotEqual(self.first_page(link), with_run)

    def test_incomplete(self):
        """Says so, instead of going down."""
        packing.install(self.home)
        (self.home / "lib/x86_64-linux-gnu/normscope/libnormscope_app.so").unlink()
        program = self.home / "bin/normscope"
        missing = "The rest of the program cannot be loaded"
        command = support.run_program("--help", program=program, status=1)
        self.assertIn(missing, command.stderr)
        homes = {f"XDG_{what}_HOME": self.home for what in ("CONFIG", "DATA", "STATE")}
        environment = support.environment(QT_QPA_PLATFORM="offscreen", **homes)
        with subprocess.Popen([program], env=environment, stderr=subprocess.PIPE,
                              text=True) as window:
            deadline = threading.Timer(support.PATIENCE, window.kill)
            deadline.start()
            try:
                self.assertTrue(any(missing in line for line in window.stderr))
                time.sleep(1.0)
                self.assertIsNone(window.poll(), "the message waits to be read")
            finally:
                deadline.cancel()
                window.kill()

    def test_tarball(self):
        place = self.home / "unpacked"
        self.works(packing.unpack(packing.pack("TGZ", self.home / "packed"), place))


if __name__ == "__main__":
    unittest.main()
