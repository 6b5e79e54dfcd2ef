#!/usr/bin/env python3
"""A desktop puts together window, entry, icon and description by one identifier: it is the same
everywhere, and so is the version."""

import configparser
import re
import subprocess
import unittest
import xml.etree.ElementTree
from pathlib import Path

import displays
import support

PROJECT = Path(__file__).resolve().parents[2]
PACKAGING = PROJECT / "packaging"
ICONS = PROJECT / "resources/icons"
ID = "org.normscope.Normscope"


def desktop_entry():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(PACKAGING / f"{ID}.desktop", "utf-8")
    return parser["Desktop Entry"]


def metainfo():
    return xml.etree.ElementTree.parse(PACKAGING / f"{ID}.metainfo.xml").getroot()


class Files(unittest.TestCase):
    def test_are_named_by_it(self):
        self.assertEqual([path.name for path in PACKAGING.glob("*.desktop")], [f"{ID}.desktop"])
        self.assertEqual([path.name for path in PACKAGING.glob("*.metainfo.xml")],
                         [f"{ID}.metainfo.xml"])
        self.assertEqual(sorted(path.name for path in ICONS.glob("org.*")),
                         [f"{ID}.png", f"{ID}.svg"])

    def test_refer_to_it(self):
        self.assertEqual(desktop_entry()["Icon"], ID)
        self.assertEqual(metainfo().findtext("id"), ID)
        self.assertEqual(metainfo().findtext("launchable[@type='desktop-id']"), f"{ID}.desktop")
        self.assertIn(f"icons/{ID}.svg", (PROJECT / "resources/icons.qrc").read_text("utf-8"))

    def test_no_other_is_in_the_sources(self):
        found = set()
        for name in ("CMakeLists.txt", "*.cmake", "*.cpp", "*.h", "*.qrc"):
            for room in ("app", "core", "packaging", "resources", "tests", "ui"):
                for path in (PROJECT / room).rglob(name):
                    found |= set(re.findall(r"org\.normscope\.\w+", path.read_text("utf-8")))
        self.assertEqual(found, {ID})


class Version(unittest.TestCase):
    def test_is_the_same_everywhere(self):
        version = support.run_program("--version").stdout.split()[1]
        self.assertEqual(metainfo().find("releases/release").get("version"), version)
        first = (PACKAGING / "changelog").read_text("utf-8").splitlines()[0]
        self.assertTrue(first.startswith(f"normscope ({version}) "), first)


class Window(support.ProgramTest):
    def test_under_wayland(self):
        self.assertEqual(displays.wayland_app_id(support.PROGRAM, self.folder / "wayland"), ID)

    def test_under_x11(self):
        """X11 knows no identifier; the entry names the class of the window."""
        with displays.XDisplay() as display:
            environment = displays.fresh_home(self.folder / "x11")
            with subprocess.Popen([support.PROGRAM],
                                  env={**environment, "DISPLAY": display.name}) as process:
                try:
                    window = display.shown_window(process)
                    self.assertIn(desktop_entry()["StartupWMClass"], window.get_wm_class())
                    display.close(window)
                    self.assertEqual(process.wait(displays.PATIENCE), 0)
                finally:
                    process.kill()


if __name__ == "__main__":
    unittest.main()
