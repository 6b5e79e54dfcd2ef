#!/usr/bin/env python3
"""Uses the real window as somebody with a screen reader does: by names, roles and actions.

To be run on a display and a session bus of its own:
    xvfb-run -a dbus-run-session -- /usr/bin/python3 tests/app/accessibility_test.py
"""

import itertools
import math
import re
import statistics
import time
import unittest

import pyatspi

import support
from window_driver import BUTTONS, WindowTest, descendants, is_shown, press, wait_for

FIELDS = ("Epochs", "Batch size", "Learning rate", "Seed", "L1 batch", "L1 layer", "L1 group")
SIZES = ("Images", "Channels", "Height", "Width")
NORMALIZE = ("Normalization", "Groups", *SIZES, "Epsilon", "Gamma", "Beta", "Sheet")
AFFINE = ("Between", "Gamma", "Beta", "Normalization", "Groups", "Epsilon")
CHARTS = ("Training loss", "Test loss", "Training accuracy", "Test accuracy")
LABELS = ("batch", "layer", "group")
# Of the run that comes with the program, which is shown until another one is there.
MISCLASSIFIED = ("Choose models", "Save list", "Sort by", "True digit", "Read as", "Misread by",
                 "Show correct ones too", *(f"Mistakes of {label}" for label in LABELS))
FINDINGS = ("Choose models", "Make a report", "What was found", "Notes", "Figures of the models")
CONTROLS = {"Train": (*BUTTONS, *FIELDS, *CHARTS), "Normalize": NORMALIZE,
            "Gamma and beta": AFFINE, "Misclassified": MISCLASSIFIED, "Findings": FINDINGS}
PARTS = ("input", "normalized input", "output")
CELL = re.compile(r"Image (\d+), channel (\d+), row (\d+), column (\d+) of the (.+)")
FIGURES = "lowest {:.3f}, highest {:.3f}, mean {:.3f}, standard deviation {:.3f}"


class Accessibility(WindowTest):
    def test_everything_has_its_name(self):
        for page, controls in CONTROLS.items():
            self.open_page(page)
            for name in controls:
                with self.subTest(page=page, name=name):
                    self.shown(name)

    def test_nothing_to_press_is_without_a_name(self):
        pressable = {pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_COMBO_BOX,
                     pyatspi.ROLE_RADIO_BUTTON, pyatspi.ROLE_SPIN_BUTTON, pyatspi.ROLE_SLIDER,
                     pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_TEXT, pyatspi.ROLE_TABLE,
                     pyatspi.ROLE_TABLE_CELL, pyatspi.ROLE_LIST_ITEM}
        for page, controls in CONTROLS.items():
            self.open_page(page)
            self.shown(controls[0])
            with self.subTest(page=page):
                shown = [node for node in descendants(self.window)
                         if node.getRole() in pressable and is_shown(node)]
                self.assertGreater(len(shown), len(CONTROLS))
                self.assertEqual([node.getRoleName() for node in shown if not node.name], [])

    def test_the_choice_of_a_combo_box_is_read_out(self):
        self.open_page("Normalize")
        for choice, opened in (("Instance norm", True), ("Layer norm", False),
                               ("Instance norm", False), ("Batch norm", True)):
            self.choose("Normalization", choice, opened=opened)
            self.assertTrue(self.spoken("Sheet").startswith(choice))

    def test_normalizing_by_hand(self):
        self.open_page("Normalize")
        cells = self.sheet_cells()
        self.check_sheet(cells, groups=None)

        self.choose("Normalization", "Group norm")
        self.set_value("Groups", 2)
        self.set_text("Gamma", "2")
        self.set_text("Beta", "0.5")
        cells["input", 1, 2, 0, 1].queryValue().currentValue = 7.25
        wait_for("the new number", lambda: cells["input", 1, 2, 0, 1].description == "7.25, set S4")
        self.check_sheet(cells, groups=2, gamma=2, beta=0.5)

        self.set_value("Groups", 4)
        self.check_sheet(cells, groups=4, gamma=2, beta=0.5)
        cells["output", 0, 0, 0, 0].queryValue().currentValue = 1
        self.check_sheet(cells, groups=4, gamma=2, beta=0.5)

    def sheet_cells(self):
        """The cells of the table by part, image, channel, row and column, from 0 on."""
        sheet = self.named("Sheet")
        self.assertEqual(sheet.getRole(), pyatspi.ROLE_TABLE)
        table = sheet.queryTable()
        cells = {}
        for row in range(table.nRows):
            for column in range(table.nColumns):
                cell = table.getAccessibleAt(row, column)
                self.assertEqual(cell.getRole(), pyatspi.ROLE_TABLE_CELL)
                place = CELL.fullmatch(cell.name)
                self.assertTrue(place, f"{cell.name!r} is no position")
                cells[place[5], *(int(number) - 1 for number in place.groups()[:4])] = cell
        sizes = [range(int(self.named(size).queryValue().currentValue)) for size in SIZES]
        self.assertEqual(set(cells), set(itertools.product(PARTS, *sizes)))
        return cells

    def check_sheet(self, cells, groups, gamma=1, beta=0):
        """Each cell reads out what Python works out; no groups is batch norm."""
        epsilon = float(self.text("Epsilon"))
        channels = 1 + max(channel for _, _, channel, _, _ in cells)
        sets = {}
        for part, image, channel, *place in cells:
            if part == "input":
                key = channel if groups is None else image * groups + channel * groups // channels
                sets.setdefault(key, []).append((image, channel, *place))
        for number, places in sets.items():
            values = [cells["input", *place].queryValue().currentValue for place in places]
            mean, variance = statistics.fmean(values), statistics.pvariance(values)
            for place, value in zip(places, values):
                normalized = (value - mean) / math.sqrt(variance + epsilon)
                output = gamma * normalized + beta
                for part, expected in zip(PARTS, (value, normalized, output)):
                    cell = cells[part, *place]
                    self.assertAlmostEqual(cell.queryValue().currentValue, expected, delta=1e-9)
                    spoken, where = cell.description.split(", ")
                    self.assertAlmostEqual(float(spoken), expected, delta=5.1e-4, msg=cell.name)
                    self.assertEqual(where, f"set S{number + 1}", cell.name)

    def test_back_to_the_original(self):
        """Image 1 of the test images, out and back by gamma and beta."""
        self.open_page("Gamma and beta")
        self.shown("Original, normalized and output")
        _, pixels = support.read_idx(support.TEST_IMAGES, 1)
        values = [pixel / 255 for pixel in pixels]
        mean, deviation = statistics.fmean(values), statistics.pstdev(values)
        original = FIGURES.format(min(values), max(values), mean, deviation)
        self.assertEqual(self.plane_figures("Original"), original)

        self.choose("Normalization", "Layer norm")  # of one channel: this image alone
        self.set_text("Between", "0")
        root = math.sqrt(deviation ** 2 + 1e-5)
        self.assertEqual(self.plane_figures("Output"),
                         FIGURES.format((min(values) - mean) / root, (max(values) - mean) / root, 0,
                                        deviation / root))
        self.assertEqual(self.plane_figures("Output"), self.plane_figures("Normalized"))

        self.set_text("Between", "1")
        self.assertEqual(self.plane_figures("Output"), original)
        self.assertEqual(self.plane_figures("Original"), original)
        self.assertEqual([self.text(name) for name in ("Gamma", "Beta")],
                         [f"{root:.3f}", f"{mean:.3f}"])

    def plane_figures(self, plane):
        """What is read out about one of the three images."""
        spoken = self.spoken("Original, normalized and output")
        return re.search(rf"{plane}: (.*?\d)\.(?: |$)", spoken)[1]

    def test_start_pause_step_stop(self):
        # Epochs without end for this test: it is Stop that ends them.
        self.set_value("Epochs", 500)
        self.wait_until_enabled([True, False, False, False])
        shipped = self.spoken("Training loss")

        press(self.named("Start training"))
        self.wait_until_enabled([False, True, False, True])
        wait_for("other values in the chart", lambda: self.spoken("Training loss") != shipped)
        for label in LABELS:
            wait_for(f"a value of {label}", lambda: label in self.spoken("Training loss"))

        press(self.named("Pause"))
        self.wait_until_enabled([False, True, True, True])
        paused = self.settled("Training loss")

        press(self.named("Step"))
        wait_for("another mini-batch", lambda: self.spoken("Training loss") != paused)
        stepped = self.settled("Training loss")

        press(self.named("Pause"))
        wait_for("training again", lambda: self.spoken("Training loss") != stepped)
        self.wait_until_enabled([False, True, False, True])

        press(self.named("Stop"))
        self.wait_until_enabled([True, False, False, False])
        self.check_the_run()

    def settled(self, name):
        """What a chart says once it has said the same for a second."""
        said, since = self.spoken(name), time.monotonic()
        deadline = since + support.PATIENCE
        while time.monotonic() - since < 1:
            self.assertLess(time.monotonic(), deadline, f"{name} never comes to rest")
            time.sleep(0.05)
            if (now := self.spoken(name)) != said:
                said, since = now, time.monotonic()
        return said

    def check_the_run(self):
        """The stopped run is on disk, below the XDG data folder."""
        run, = (file.parent for file in (self.home / "data").rglob("comparison.json"))
        models = support.models_of(run)
        self.assertEqual(list(models), list(LABELS))
        for label, model in models.items():
            self.assertEqual(model["outcome"], "stopped")
            self.assertTrue(support.steps_of(run / label))


if __name__ == "__main__":
    unittest.main()
