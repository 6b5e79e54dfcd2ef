#!/usr/bin/env python3
"""Trains in the real window as somebody with a screen reader does: by names, roles and actions.

To be run on a display and a session bus of its own:
    xvfb-run -a dbus-run-session -- /usr/bin/python3 tests/app/accessibility_test.py
"""

import os
import subprocess
import time
import unittest

import pyatspi

import support

PATIENCE = 60  # seconds for something that takes one; a machine may be busy

BUTTONS = ("Start training", "Pause", "Step", "Stop")
FIELDS = ("Epochs", "Batch size", "Learning rate", "Seed", "L1 batch", "L1 layer", "L1 group")
CHARTS = ("Training loss", "Test loss", "Training accuracy", "Test accuracy")
LABELS = ("batch", "layer", "group")


def wait_for(what, condition):
    """The first true result of `condition`."""
    deadline = time.monotonic() + PATIENCE
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE} s in vain: {what}")
        time.sleep(0.05)
    return result


def descendants(node):
    """A node and all below it. Widgets come and go while we look."""
    yield node
    for child in node:
        if child is not None:
            yield from descendants(child)


def is_enabled(node):
    return node.getState().contains(pyatspi.STATE_ENABLED)


def is_shown(node):
    return node.getState().contains(pyatspi.STATE_SHOWING)


def press(node):
    """What a screen reader does for "activate": the first action that is not moving the focus."""
    action = node.queryAction()
    names = [action.getName(i) for i in range(action.nActions)]
    action.doAction(next(i for i, name in enumerate(names) if name != "SetFocus"))


class Accessibility(support.SmallDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        missing = {"DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} - os.environ.keys()
        if missing:
            raise AssertionError(f"{missing} not set: run by xvfb-run and dbus-run-session")

    def setUp(self):
        home = self.folder / self._testMethodName
        environment = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                       "QT_QPA_PLATFORM": "xcb", "HOME": str(home),
                       "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"),
                       "XDG_CACHE_HOME": str(home / "cache")}
        home.mkdir()
        self.home = home
        self.process = subprocess.Popen([support.PROGRAM, "--data", str(self.data)],
                                        env=environment)
        self.addCleanup(self.end_program)
        self.window = wait_for("the window", self.program_window)

    def end_program(self):
        self.process.kill()
        self.process.wait()

    def program_window(self):
        self.assertIsNone(self.process.poll(), "the program ended by itself")
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == self.process.pid:
                return next((window for window in application if window is not None), None)
        return None

    def named(self, name):
        """The control of that name; labels beside a field may have the same one."""
        def look():
            return next((node for node in descendants(self.window)
                         if node.name == name and node.getRole() != pyatspi.ROLE_LABEL), None)
        return wait_for(f"a control named {name}", look)

    def buttons(self):
        return [self.named(name) for name in BUTTONS]

    def wait_until_enabled(self, expected):
        """`expected` says for each of the four buttons whether it can be pressed."""
        wait_for(f"buttons {expected}",
                 lambda: [is_enabled(button) for button in self.buttons()] == expected)

    def spoken(self, name):
        return self.named(name).description

    def set_value(self, name, value):
        field = self.named(name).queryValue()
        field.currentValue = value
        wait_for(f"{name} {value}", lambda: self.named(name).queryValue().currentValue == value)

    def test_everything_has_its_name(self):
        for name in ("Train", *BUTTONS, *FIELDS, *CHARTS):
            with self.subTest(name=name):
                self.assertTrue(self.named(name))
        for name in ("Normalize", "Gamma and beta", "Misclassified", "Findings"):
            self.assertFalse([node for node in descendants(self.window) if node.name == name],
                             f"{name} is offered, but does nothing yet")

    def test_nothing_to_press_is_without_a_name(self):
        pressable = {pyatspi.ROLE_PUSH_BUTTON, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_COMBO_BOX,
                     pyatspi.ROLE_RADIO_BUTTON, pyatspi.ROLE_SPIN_BUTTON, pyatspi.ROLE_SLIDER,
                     pyatspi.ROLE_TOGGLE_BUTTON, pyatspi.ROLE_TEXT}
        self.named("Start training")
        nameless = [node.getRoleName() for node in descendants(self.window)
                    if node.getRole() in pressable and is_shown(node) and not node.name]
        self.assertEqual(nameless, [])

    def test_start_pause_step_stop(self):
        # Epochs without end for this test: it is Stop that ends them.
        self.set_value("Epochs", 500)
        self.wait_until_enabled([True, False, False, False])
        silent = self.spoken("Training loss")

        press(self.named("Start training"))
        self.wait_until_enabled([False, True, False, True])
        wait_for("values in the chart", lambda: self.spoken("Training loss") != silent)
        for label in LABELS:
            self.assertIn(label, self.spoken("Training loss"))

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
        deadline = since + PATIENCE
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
