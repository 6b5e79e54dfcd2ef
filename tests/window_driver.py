"""Drives the real window by names, roles and actions, as somebody with a screen reader does."""

import os
import signal
import subprocess

import pyatspi

import support

BUTTONS = ("Start training", "Pause", "Step", "Stop")


def wait_for(what, condition):
    """The first true result of `condition`, which looks through a whole window."""
    return support.wait_for(what, condition, pause=0.05)


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


class WindowTest(support.SmallDataTest):
    """A test for which the window is open, on the display and session bus that it was given."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        missing = {"DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} - os.environ.keys()
        if missing:
            raise AssertionError(f"{missing} not set: run by xvfb-run and dbus-run-session")

    def setUp(self):
        self.home = self.folder / self._testMethodName
        self.home.mkdir()
        self.open_window()

    def open_window(self):
        home = self.home
        environment = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                       "QT_QPA_PLATFORM": "xcb", "HOME": str(home),
                       "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"),
                       "XDG_CACHE_HOME": str(home / "cache"),
                       "XDG_STATE_HOME": str(home / "state")}
        self.process = subprocess.Popen([support.PROGRAM, "--data", str(self.data)],
                                        env=environment)
        self.addCleanup(self.end_program)
        self.window = wait_for("the window", self.program_window)
        self.page = self.window  # what named() looks through

    def end_program(self):
        self.process.kill()
        self.assertEqual(self.process.wait(), -signal.SIGKILL, "the program ended by itself")

    def program_window(self):
        self.assertIsNone(self.process.poll(), "the program ended by itself")
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == self.process.pid:
                return next((window for window in application if window is not None), None)
        return None

    def named(self, name):
        """The control of that name; labels beside a field may have the same one."""
        def look():
            return next((node for node in descendants(self.page)
                         if node.name == name and node.getRole() != pyatspi.ROLE_LABEL), None)
        return wait_for(f"a control named {name}", look)

    def shown(self, name):
        """The same once it can be seen: what needs data waits for them."""
        wait_for(f"{name} to be seen", lambda: is_shown(self.named(name)))
        return self.named(name)

    def open_page(self, name):
        """By its entry in the list of pages. Names are looked for on this page from now on."""
        def look():
            return next((node for node in descendants(self.window) if node.name == name
                         and node.getRole() == pyatspi.ROLE_FILLER and is_shown(node)), None)
        self.page = self.window
        press(self.named(name))
        self.page = wait_for(f"page {name}", look)

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

    def text(self, name):
        return self.named(name).queryText().getText(0, -1)

    def set_text(self, name, text):
        self.named(name).queryEditableText().setTextContents(text)

    def choose(self, name, choice, *, opened=True):
        """Takes one entry of a combo box. Where its list was opened for that, it closes again."""
        box = self.named(name)
        entries, = box
        if opened:
            press(box)
            wait_for(f"the list of {name}", lambda: is_shown(entries))
        press(next(entry for entry in entries if entry.name == choice))
        wait_for(f"{name} {choice}", lambda: self.spoken(name).startswith(choice))
        wait_for(f"the end of the list of {name}", lambda: not is_shown(entries))
