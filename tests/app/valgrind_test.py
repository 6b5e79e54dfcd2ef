#!/usr/bin/env python3
"""The window starts, trains a little, has its sliders moved and quits under valgrind.

    valgrind_test.py SOAK

Whatever our own code takes and forgets, or reads and writes where it should not, is an error; what
the libraries do among themselves is not looked at.
"""

import subprocess
import sys
import unittest
from pathlib import Path
from xml.etree import ElementTree

import support

SOAK = sys.argv.pop()


def is_ours(thing):
    return "normscope" in thing or thing.endswith(Path(SOAK).name)


def first_frame(error):
    """The innermost frame that is not valgrind's own."""
    for frame in error.find("stack"):
        thing = frame.findtext("obj", "")
        if "vgpreload" not in thing:
            return thing, f"{frame.findtext('fn', '?')} in {Path(thing).name}"
    return "", "?"


class Valgrind(support.ProgramTest):
    def test_start_train_quit(self):
        found = self.folder / "valgrind.xml"
        subprocess.run(
            ["valgrind", "--leak-check=full", "--show-leak-kinds=definite", "--num-callers=40",
             "--xml=yes", f"--xml-file={found}", SOAK, "2", "20", "64"],
            # Memcheck follows each lane of a vector, and is slowest with wide ones.
            env=support.environment(QT_QPA_PLATFORM="offscreen", NORMSCOPE_INSTRUCTIONS="baseline"),
            stdout=subprocess.DEVNULL, check=True)
        errors = ElementTree.parse(found).getroot().findall("error")
        self.assertNotEqual(errors, [], "even Debian's libraries make some")
        ours = []
        for error in errors:
            thing, where = first_frame(error)
            if is_ours(thing):
                ours.append(f"{error.findtext('kind')}: {where}")
        self.assertEqual(ours, [])


if __name__ == "__main__":
    unittest.main()
