#!/usr/bin/env python3
"""Reads the include lines of the project and fails where a room reaches where it may not.

app -> ui -> core, never back; Qt stays out of core, torch stays inside core/torch, which is loaded
late and which the rest of core does not know, and Qt Charts behind one header of ui.
"""

import os
import re
import tempfile
import unittest
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
SOURCES = {".h", ".cpp"}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')

QT = re.compile(r"(Q[A-Z]\w*|Qt\w*/.*|q[a-z]+\.h|qcustomplot\.h)$")
TORCH = re.compile(r"(torch|ATen|c10|caffe2)/")
THREADS = re.compile(r"(Qt\w+/)?(QThread|QtConcurrent|qthread|qtconcurrent)|(thread|future)$")

CHARTS = re.compile(r"(QtCharts/.*|QChart\w*|Q\w+(Axis|BarSeries|BarSet|PlotSeries|BoxSet))$")
CHARTS_SOURCE = "ui/findings/summary_chart.cpp"


class Include(NamedTuple):
    file: str  # from the project root, as is `target` when the project has it
    line: int
    target: str


def includes(root):
    """Every include line below the rooms of `root`."""
    for room in ("core", "ui", "app", "tests"):
        for path in sorted((root / room).rglob("*")):
            if path.suffix not in SOURCES:
                continue
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                if match := INCLUDE.match(line):
                    target = match[1]
                    beside = Path(os.path.normpath(path.parent / target))
                    if not (root / target).is_file() and beside.is_file():
                        target = beside.relative_to(root).as_posix()
                    yield Include(path.relative_to(root).as_posix(), number, target)


def objection(include):
    """Why this include may not be, or None."""
    file, target = include.file, include.target
    in_core = file.startswith("core/")
    if in_core and QT.match(target):
        return "core knows no Qt"
    if in_core and target.startswith(("ui/", "app/")):
        return "core knows neither ui nor app"
    if file.startswith("ui/") and target.startswith("app/"):
        return "ui knows nothing of app"
    if file.startswith("ui/") and THREADS.match(target):
        return "ui starts no thread"
    if CHARTS.match(target) and file != CHARTS_SOURCE:
        return f"Qt Charts stays inside {CHARTS_SOURCE}"
    if TORCH.match(target) or target.startswith("core/torch/"):
        if file.startswith(("core/torch/", "tests/core/")):
            return None
        return "torch stays inside core/torch"
    return None


def objections(root):
    return [f"{include.file}:{include.line}: {include.target}: {why}"
            for include in includes(root) if (why := objection(include))]


class Rooms(unittest.TestCase):
    def test_no_room_reaches_where_it_may_not(self):
        self.assertTrue(any(includes(PROJECT)), "no include line found")
        found = objections(PROJECT)
        self.assertFalse(found, "\n" + "\n".join(found))


class RoomsRule(unittest.TestCase):
    """The rule itself, on trees made for it."""

    def tree(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, target in files.items():
            path = Path(folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"#pragma once\n#include {target}\n" if target else "")
        return Path(folder.name)

    def test_refuses(self):
        for file, target in [
                ("core/a.cpp", "<QString>"),
                ("core/a.h", "<QtCore/QString>"),
                ("core/a.cpp", "<qglobal.h>"),
                ("core/a.cpp", '"ui/page.h"'),
                ("core/a.cpp", '"app/main_window.h"'),
                ("core/a.h", "<torch/types.h>"),
                ("core/a.cpp", "<torch/types.h>"),
                ("core/a.cpp", '"core/torch/digit_net.h"'),
                ("ui/a.cpp", '"app/controller.h"'),
                ("ui/page/a.h", "<QThread>"),
                ("ui/a.cpp", "<QtConcurrent/QtConcurrent>"),
                ("ui/a.cpp", "<QtConcurrentRun>"),
                ("ui/a.cpp", "<QThreadPool>"),
                ("ui/a.cpp", "<thread>"),
                ("ui/a.cpp", "<ATen/ATen.h>"),
                ("ui/a.cpp", "<QChartView>"),
                ("ui/findings/summary_chart.h", "<QtCharts/QValueAxis>"),
                ("app/a.cpp", "<torch/torch.h>"),
                ("app/a.cpp", "<c10/util/Exception.h>"),
                ("app/a.cpp", '"core/torch/tensor_file.h"'),
                ("tests/ui/a.cpp", "<torch/torch.h>"),
                ("tests/app/a.cpp", '"core/torch/digit_net.h"'),
        ]:
            with self.subTest(file=file, target=target):
                found = objections(self.tree({file: target}))
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith(f"{file}:2: "), found)

    def test_sees_through_a_path_beside_the_file(self):
        tree = self.tree({"ui/page/a.h": '"../../app/controller.h"', "app/controller.h": ""})
        self.assertEqual(len(objections(tree)), 1)
        tree = self.tree({"core/a.h": '"torch/digit_net.h"', "core/torch/digit_net.h": None})
        self.assertEqual(len(objections(tree)), 1)

    def test_allows(self):
        for file, target in [
                ("core/torch/a.cpp", "<torch/types.h>"),
                ("core/torch/a.h", "<ATen/ATen.h>"),
                ("core/torch/a.cpp", '"core/torch/digit_net.h"'),
                ("core/a.cpp", "<thread>"),
                ("core/a.h", '"core/network.h"'),
                ("tests/core/a_test.cpp", '"core/torch/digit_net.h"'),
                ("ui/a.cpp", "<QWidget>"),
                ("ui/a.cpp", "<qcustomplot.h>"),
                ("ui/findings/summary_chart.cpp", "<QBarCategoryAxis>"),
                ("ui/a.cpp", '"core/network.h"'),
                ("app/a.cpp", '"ui/page.h"'),
                ("app/a.cpp", "<QThread>"),
        ]:
            with self.subTest(file=file, target=target):
                self.assertEqual(objections(self.tree({file: target})), [])


if __name__ == "__main__":
    unittest.main()
