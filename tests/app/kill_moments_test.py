#!/usr/bin/env python3
"""SIGKILL at random moments in a training, an experiment, an export and a rename.

    kill_moments_test.py [--moments N]

Half of the moments are calls that change a file, which come at the worst of times; the other half
are taken from the clock.
"""

import os
import random
import shutil
import subprocess
import sys
import time
import unittest
import zlib
from xml.etree import ElementTree

import support

LABELS = ("batch", "group")
COUNTER = os.environ["NORMSCOPE_KILL_AT_CALL"]  # the library to load into the program
RENAMER = os.environ["NORMSCOPE_RENAME_FOREVER"]
MOMENTS = 4


class Moments:
    """Runs one command again and again, and kills it."""

    def __init__(self, command, folder, seed):
        self.command = [str(part) for part in command]
        self.random = random.Random(seed)
        self.calls = folder / "calls"

    def environment(self, **changes):
        # AddressSanitizer wants to be first, and does without.
        sanitizer = os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
        return support.environment(LD_PRELOAD=COUNTER, ASAN_OPTIONS=sanitizer, **changes)

    def measure(self):
        """How many calls and seconds the command takes when it is left alone."""
        started = time.monotonic()
        subprocess.run(self.command, env=self.environment(NORMSCOPE_CALLS=self.calls), check=True,
                       capture_output=True)
        self.seconds = time.monotonic() - started
        self.count = int(self.calls.read_text())

    def kill(self, share, *more, at_call):
        """Runs it up to a random moment in the first `share` of it; whether it was killed."""
        changes = {}
        patience = support.PATIENCE
        if at_call:
            changes["NORMSCOPE_KILL_AT"] = self.random.randint(1, max(1, int(share * self.count)))
        else:
            patience = self.random.uniform(0, share * self.seconds)
        with subprocess.Popen([*self.command, *more], env=self.environment(**changes),
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            try:
                _, errors = process.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                process.kill()
                return True
        if process.returncode not in (0, -9):
            raise AssertionError(errors.decode())
        return process.returncode == -9


class KillMoments(support.SmallDataTest):
    TRAIN = 256
    TEST = 128
    STEPS = 4

    def setUp(self):
        self.place = self.folder / self._testMethodName
        self.place.mkdir()
        self.seed = random.randrange(1_000_000)

    def moments(self, command):
        return Moments(command, self.place, self.seed)

    def check_run(self, run):
        """Whatever stands under a final name is whole, and says of finished epochs what it should."""
        if not (run / "comparison.json").exists():
            return
        for label, model in support.models_of(run).items():
            folder = run / label
            present = {path.name for path in folder.iterdir()}
            if model["epochs"] > 0:
                self.assertLessEqual(support.MODEL_FILES, present)
                self.assertGreaterEqual(len(support.epochs_of(folder)), model["epochs"])
                self.assertEqual(len(support.predictions_of(folder)), self.TEST)

    def test_training(self):
        epochs = 4 + MOMENTS // 4
        command = (*support.train_options(self.data, epochs=epochs, norms=",".join(LABELS)),
                   "--augment", "affine")
        whole = self.place / "whole"
        alone = self.moments((support.PROGRAM, *command, "--out", whole))
        alone.measure()
        run = self.place / "run"
        killed = self.moments((support.PROGRAM, *command, "--out", run))
        killed.count, killed.seconds = alone.count, alone.seconds
        kills = 0
        with self.subTest(seed=self.seed):
            for moment in range(MOMENTS):
                more = ["--resume"] if (run / "comparison.json").exists() else []
                # What is left gets shorter; a run that came to its end begins anew.
                if not killed.kill(2 / epochs, *more, at_call=moment % 2 == 0):
                    self.assert_same_run(run, whole)
                    shutil.rmtree(run)
                    continue
                kills += 1
                self.check_run(run)
            self.assertGreater(kills, 0)
            more = ["--resume"] if (run / "comparison.json").exists() else []
            support.run_program(*command, *more, "--out", run)
            self.assert_same_run(run, whole)

    def test_experiment(self):
        command = ("experiment", "--kind", "seeds", "--seeds", 2 + MOMENTS // 10,
                   *support.train_options(self.data, epochs=2, norms=",".join(LABELS))[1:])
        whole = self.place / "whole"
        alone = self.moments((support.PROGRAM, *command, "--out", whole))
        alone.measure()
        out = self.place / "experiment"
        killed = self.moments((support.PROGRAM, *command, "--out", out))
        killed.count, killed.seconds = alone.count, alone.seconds
        with self.subTest(seed=self.seed):
            for moment in range(MOMENTS):
                killed.kill(0.4, at_call=moment % 2 == 0)
                for run in out.glob("seed-*"):
                    self.check_run(run)
            support.run_program(*command, "--out", out)
            for run in whole.glob("seed-*"):
                self.assert_same_run(out / run.name, run)

    def test_export(self):
        run = self.train("exported", epochs=2, norms=",".join(LABELS))
        out = self.place / "export"
        command = ("export", "--run", run, "--data", self.data, "--charts", "--galleries",
                   "--report", "html", "--out", out)
        before = support.files_of(run)
        killed = self.moments((support.PROGRAM, *command))
        killed.measure()
        whole = {path.relative_to(out) for path in out.rglob("*")}
        shutil.rmtree(out)
        with self.subTest(seed=self.seed):
            for moment in range(MOMENTS):
                killed.kill(1.0, at_call=moment % 2 == 0)
                for path in out.rglob("*"):
                    if path.relative_to(out) in whole:
                        self.check_picture(path)
            self.assertEqual(support.files_of(run), before)
            support.run_program(*command)
            self.assertLessEqual(whole, {path.relative_to(out) for path in out.rglob("*")})

    def check_picture(self, path):
        content = path.read_bytes()
        if path.suffix == ".png":
            self.assertTrue(content.endswith(b"IEND\xaeB`\x82"), path)
            self.assertEqual(zlib.crc32(content[12:29]),
                             int.from_bytes(content[29:33], "big"), path)
        elif path.suffix == ".svg":
            ElementTree.fromstring(content)
        elif path.suffix == ".pdf":
            self.assertTrue(content.rstrip().endswith(b"%%EOF"), path)
        elif path.suffix in (".csv", ".html"):
            self.assertTrue(content.endswith(b"\n"), path)

    def test_rename(self):
        kept = self.place / "runs"
        kept.mkdir()
        shutil.copytree(self.train("renamed", epochs=1, norms=",".join(LABELS)), kept / "a")
        content = support.files_of(kept / "a")
        killed = self.moments((RENAMER, kept))
        killed.count, killed.seconds = 400, 0.4  # it has no end of its own
        with self.subTest(seed=self.seed):
            for moment in range(MOMENTS):
                self.assertTrue(killed.kill(1.0, at_call=moment % 2 == 0))
                run, = kept.iterdir()
                self.assertIn(run.name, ("a", "b"))
                self.assertIn(support.comparison_of(run)["notes"],
                              ("", f"Now in {kept}/a.", f"Now in {kept}/b."))
                for name, bytes_before in content.items():
                    if name.name != "comparison.json":
                        self.assertEqual((run / name).read_bytes(), bytes_before)
            support.run_program("train", "--more-epochs", 1, "--out", run)
            self.assertEqual(support.comparison_of(run)["cycles"], [1, 1])


if __name__ == "__main__":
    if "--moments" in sys.argv:
        at = sys.argv.index("--moments")
        MOMENTS = int(sys.argv[at + 1])
        del sys.argv[at:at + 2]
    unittest.main()
