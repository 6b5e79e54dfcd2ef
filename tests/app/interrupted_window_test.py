#!/usr/bin/env python3
"""The real window, killed in the middle of a training: the next one offers to go on with it.

To be run on a display and a session bus of its own:
    xvfb-run -a dbus-run-session -- /usr/bin/python3 tests/app/interrupted_window_test.py
"""

import shlex
import unittest

import support
from window_driver import WindowTest, is_shown, press, wait_for

EPOCHS = 100
LABELS = ("batch", "layer", "group")


class InterruptedWindow(WindowTest):
    def runs(self):
        return [file.parent for file in (self.home / "data").rglob("comparison.json")]

    def fewest_epochs(self):
        """Of the model that is behind the others."""
        run = next(iter(self.runs()), None)
        if run is None or not all((run / label / "checkpoint.pt").exists() for label in LABELS):
            return 0
        return min(len(support.epochs_of(run / label)) for label in LABELS)

    def test_killed_and_resumed(self):
        self.open_page("Train")
        self.set_value("Epochs", EPOCHS)
        press(self.named("Start training"))
        wait_for("two epochs", lambda: self.fewest_epochs() >= 2)
        self.end_program()
        run, = self.runs()
        epochs = self.fewest_epochs()
        self.assertLess(epochs, EPOCHS, "it was over before it was killed")
        for model in support.comparison_of(run)["models"]:
            self.assertIn(model["outcome"], ("running", "finished"))

        self.open_window()
        self.open_page("Train")
        message = self.shown("Message")
        self.assertIn("interrupted after epoch", message.description)
        press(self.named("Resume"))
        # A hundred epochs, which sanitizers make slow.
        support.wait_for("the end", lambda: all(
            model["outcome"] == "finished" for model in support.comparison_of(run)["models"]),
            patience=4 * support.PATIENCE, pause=0.05)
        self.wait_until_enabled([True, False, False, False])
        self.assertFalse(is_shown(self.named("Message")))
        self.assertEqual(self.runs(), [run])

        command = shlex.split(support.comparison_of(run)["command"])[1:]
        whole = self.folder / "whole"
        command[command.index("--out") + 1] = whole
        support.run_program(*command)
        self.assert_same_run(run, whole)

        log = (self.home / "state" / "normscope" / "normscope.log").read_text("utf-8")
        self.assertEqual(log.count("normscope.window: opened: Normscope"), 2, log)
        self.assertIn(run.name, log)


if __name__ == "__main__":
    unittest.main()
