#!/usr/bin/env python3
"""The Debian package is as Debian wants it. The argument is the build folder."""

import re
import unittest

import packing
import support


class DebianPackage(support.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.package = packing.pack("DEB", cls.folder)

    def test_lintian_finds_no_error(self):
        # Who builds it may be root; that says nothing of the package.
        packing.run("lintian", "--allow-root", "--fail-on", "error,warning", self.package)

    def test_depends_on_what_it_needs(self):
        depends = packing.run("dpkg-deb", "--field", self.package, "Depends")
        names = re.findall(r"(?:^|, )([^\s,]+)", depends)
        # What the program is linked with, and what is only looked for when it runs.
        for name in ("libtorch1.13", "libqt6widgets6", "libqcustomplot2.1-qt6", "libxlsxwriter4",
                     "libopenblas0-pthread", "fonts-roboto-unhinted", "fonts-dejavu-core"):
            self.assertIn(name, names)

    def test_holds_the_licences(self):
        packing.run("dpkg-deb", "--extract", self.package, self.folder / "content")
        notice = self.folder / "content/usr/share/doc/normscope/copyright"
        for words in ("GPL-3+", "Yann LeCun", "Attribution-ShareAlike 3.0 Unported",
                      "QCustomPlot", "Niels Lohmann"):
            self.assertIn(words, notice.read_text("utf-8"))


if __name__ == "__main__":
    unittest.main()
