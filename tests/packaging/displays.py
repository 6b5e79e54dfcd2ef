"""Displays of their own for the tests, and what can be seen of a program from there."""

import os
import re
import subprocess
import time
from pathlib import Path

import Xlib.X
import Xlib.display
import Xlib.protocol.event

PATIENCE = 60  # seconds for something that takes one; a machine may be busy


def wait_for(what, condition, process=None):
    """The first true result of `condition`, for as long as the process runs."""
    deadline = time.monotonic() + PATIENCE
    while not (result := condition()):
        if process is not None and process.poll() is not None:
            raise AssertionError(f"{process.args[0]} ended by itself, with {process.returncode}")
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE} s in vain: {what}")
        time.sleep(0.05)
    return result


def fresh_home(folder):
    """The variables for a program that has never been started by this person."""
    folder.mkdir()
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return {**{name: value for name, value in os.environ.items() if name not in without},
            "HOME": str(folder), "XDG_RUNTIME_DIR": str(runtime),
            "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache")}


class XDisplay:
    """An X server with no window manager, and the only window on it."""

    def __enter__(self):
        reading, writing = os.pipe()
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp",
             "-noreset"], pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        with open(reading, encoding="ascii") as numbers:
            self.name = ":" + numbers.readline().strip()
        self.display = Xlib.display.Display(self.name)
        return self

    def __exit__(self, *_):
        self.display.close()
        self.server.terminate()
        self.server.wait()

    def shown_window(self, process):
        """The window, once it is on the screen with something painted on it."""
        window = wait_for("a window", self.mapped_window, process)
        wait_for("its content", lambda: self.colours(window) > 20, process)
        return window

    def mapped_window(self):
        """A large one: not a splash, a tooltip or what the toolkit keeps beside the screen."""
        for window in self.display.screen().root.query_tree().children:
            if (window.get_attributes().map_state == Xlib.X.IsViewable
                    and window.get_geometry().width >= 400 and window.get_wm_name()):
                return window
        return None

    def colours(self, window):
        """How many there are, of every sixteenth row."""
        size = window.get_geometry()
        colours = set()
        for row in range(0, size.height, 16):
            data = window.get_image(0, row, size.width, 1, Xlib.X.ZPixmap, 0xffffff).data
            colours |= {bytes(data[i:i + 3]) for i in range(0, len(data), 4)}
        return len(colours)

    def text(self, window, name):
        """A text property of the window, or None."""
        found = window.get_full_property(self.display.intern_atom(name), Xlib.X.AnyPropertyType)
        if found is None:
            return None
        return found.value.decode() if isinstance(found.value, bytes) else found.value

    def close(self, window):
        """As the button of a title bar does."""
        atom = self.display.intern_atom
        window.send_event(Xlib.protocol.event.ClientMessage(
            window=window, client_type=atom("WM_PROTOCOLS"),
            data=(32, [atom("WM_DELETE_WINDOW"), Xlib.X.CurrentTime, 0, 0, 0])))
        self.display.flush()


def wayland_app_id(program, folder):
    """What the program's window tells a Wayland compositor that it belongs to."""
    environment = fresh_home(folder)
    with subprocess.Popen(["weston", "--backend=headless-backend.so", "--socket=test",
                           "--idle-time=0"], env=environment, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as compositor:
        try:
            socket = Path(environment["XDG_RUNTIME_DIR"]) / "test"
            wait_for("the compositor", socket.exists, compositor)
            return told_app_id([program], {**environment, "WAYLAND_DISPLAY": "test",
                                           "QT_QPA_PLATFORM": "wayland", "WAYLAND_DEBUG": "1"})
        finally:
            compositor.terminate()


def told_app_id(command, environment):
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stderr:
                if told := re.search(r'xdg_toplevel@\d+\.set_app_id\("(.*)"\)', line):
                    return told[1]
        finally:
            process.kill()
    raise AssertionError("the program ended without having named itself")
