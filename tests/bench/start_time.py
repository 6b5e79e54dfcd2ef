#!/usr/bin/env python3
"""From the start of the program to the first frame of its window, and to that of the page in it,
beside the first frame of a bare Qt window and of one with a single word in it.

    NORMSCOPE=build/release/normscope NORMSCOPE_DATA=resources/datasets/mnist PYTHONPATH=tests \\
        xvfb-run -a /usr/bin/python3 tests/bench/start_time.py [--rounds N]

They take turns; bare_window lies beside the program. The window begins with no settings and no
runs of its own, as on its first day. One more bare window stays open all the while, as something
does on every desktop: an X server whose last window has closed begins anew, and the next program
waits for that. `--help` and `normalize` are timed beside `true`, a program that does nothing.
"""

import argparse
import contextlib
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import support


@contextlib.contextmanager
def window_saying(line_wanted, command, environment):
    """The program, once it has written that line; ended afterwards."""
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as window:
        try:
            if not any(line_wanted in line for line in window.stderr):
                raise AssertionError(f"{command} showed no window")
            yield
        finally:
            window.kill()


def time_until(line_wanted, command, environment):
    """Milliseconds until the program writes that line."""
    started = time.perf_counter()
    with window_saying(line_wanted, command, environment):
        return 1e3 * (time.perf_counter() - started)


def run_time(*command):
    started = time.perf_counter()
    subprocess.run(command, env=support.environment(), stdout=subprocess.DEVNULL, check=True)
    return 1e3 * (time.perf_counter() - started)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=80)
    rounds = parser.parse_args().rounds
    bare = Path(support.PROGRAM).parent / "bare_window"
    with tempfile.TemporaryDirectory() as folder:
        homes = {f"XDG_{what}_HOME": folder for what in ("CONFIG", "DATA", "STATE", "CACHE")}
        environment = {**os.environ, **homes, "NORMSCOPE_FRAME_METER": "1"}
        cells = Path(folder) / "cells.csv"
        cells.write_text("1,2,3,4\n", "ascii")
        measured = {
            "bare Qt window": lambda: time_until("first_frame", [bare], environment),
            "one with a word": lambda: time_until("first_frame", [bare, "--word"], environment),
            "normscope": lambda: time_until("first_frame", [support.PROGRAM], environment),
            "normscope, its page": lambda: time_until("first_page", [support.PROGRAM], environment),
            "true": lambda: run_time("true"),
            "normscope --help": lambda: run_time(support.PROGRAM, "--help"),
            "normscope normalize": lambda: run_time(
                support.PROGRAM, "normalize", "--input", cells, "--shape", "1,1,2,2",
                "--norm", "layer", "--out", Path(folder) / "y.json")}
        times = {name: [] for name in measured}
        with window_saying("first_frame", [bare], environment):
            for _ in range(rounds + 1):  # the first finds nothing in the disk's cache
                for name, measure in measured.items():
                    times[name].append(measure())
    for name, values in times.items():
        print(f"{name:20} {statistics.median(values[1:]):7.1f} ms, worst {max(values[1:]):.1f}")
    for other in ("bare Qt window", "one with a word"):
        ratios = [ours / theirs for ours, theirs in zip(times["normscope"][1:], times[other][1:])]
        print(f"normscope: {statistics.median(ratios):.2f} times {other}")


if __name__ == "__main__":
    main()
