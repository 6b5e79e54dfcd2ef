#!/usr/bin/env python3
"""`normscope train` when the disk is full, cannot be written or goes away: nothing is lost."""

import contextlib
import os
import shutil
import subprocess
import unittest

import support

EPOCHS = 12
LABELS = ("batch", "layer")
FULL = "No space left on device"


class Training:
    """A `normscope train` under way, and what it says."""

    def __init__(self, command, **environment):
        self.process = subprocess.Popen(
            [support.PROGRAM, *map(str, command)], env=support.environment(**environment),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.said = []

    def close(self):
        self.process.kill()
        self.process.communicate()

    def wait_for_line(self, part):
        """Reads on until a line on standard error holds `part`."""
        while line := self.process.stderr.readline():
            self.said.append(line)
            if part in line:
                return line
        raise AssertionError(f"it never said {part!r}, but:\n{''.join(self.said)}")

    def wait_for_epoch(self, epoch):
        """Until every model has finished it."""
        missing = set(LABELS)
        while missing:
            line = self.wait_for_line(f"epoch {epoch} of")
            missing = {label for label in missing if label not in line}

    def end(self):
        """Exit status, the last line on standard error, standard output."""
        self.said += list(self.process.stderr)
        output = self.process.stdout.read()
        return self.process.wait(timeout=support.PATIENCE), self.said[-1], output


class LostDisk(support.SmallDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls.train("whole", epochs=EPOCHS, norms=",".join(LABELS))

    def setUp(self):
        self.place = self.folder / self._testMethodName
        self.place.mkdir()
        self.home = self.place / "home"
        self.home.mkdir()

    def begin(self, out, *options, epochs=EPOCHS, **environment):
        command = support.train_options(self.data, epochs=epochs, norms=",".join(LABELS))
        places = {"HOME": self.home, "XDG_DATA_HOME": self.home, **environment}
        training = Training((*command, *options, "--out", out), **places)
        self.addCleanup(training.close)
        return training

    @contextlib.contextmanager
    def small_disk(self, *, options="size=8m"):
        """A file system of its own, in memory."""
        disk = self.place / "disk"
        disk.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            self.skipTest(f"no tmpfs can be mounted here: {done.stderr.strip()}")
        try:
            yield disk
        finally:
            subprocess.run(["umount", "--lazy", str(disk)], check=True)

    @staticmethod
    def fill(disk):
        """Takes all room that is left."""
        with contextlib.suppress(OSError), open(disk / "ballast", "wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

    def kept_runs(self):
        return [path.parent for path in self.home.rglob("comparison.json")]

    def test_a_full_disk_costs_nothing(self):
        with self.small_disk() as disk:
            run = disk / "run"
            training = self.begin(run)
            training.wait_for_epoch(2)
            self.fill(disk)
            problem = training.wait_for_line(FULL)
            self.assertIn(str(run), problem)
            self.assertIn("goes on in memory", problem)
            status, last, output = training.end()
            self.assertEqual(status, 1)
            self.assertEqual(output.count(f"{EPOCHS} epochs in"), len(LABELS), output)
            saved, = self.kept_runs()
            for part in (str(run), FULL, str(saved)):
                self.assertIn(part, last)
            self.assert_same_run(saved, self.whole)
            self.check_what_was_written(disk, run)

    def check_what_was_written(self, disk, run):
        """With room again, the run goes on where the disk was full, as if nothing had happened."""
        for label in LABELS:
            self.assertGreaterEqual(len(support.epochs_of(run / label)), 1)
        (disk / "ballast").unlink()
        support.run_program("train", "--resume", "--out", run)
        self.assert_same_run(run, self.whole)

    def test_room_is_used_as_soon_as_it_is_there(self):
        with self.small_disk() as disk:
            run = disk / "run"
            training = self.begin(run, epochs=60)
            training.wait_for_epoch(2)
            self.fill(disk)
            training.wait_for_line(FULL)
            (disk / "ballast").unlink()
            self.assertEqual(training.end()[0], 0)
            for label in LABELS:
                self.assertEqual(len(support.epochs_of(run / label)), 60)
                self.assertEqual({path.name for path in (run / label).iterdir()},
                                 support.MODEL_FILES)
            self.assertEqual(self.kept_runs(), [])

    def test_with_no_room_anywhere_it_says_so(self):
        with self.small_disk() as disk:
            run = disk / "run"
            training = self.begin(run, HOME=disk, XDG_DATA_HOME=disk, TMPDIR=disk)
            training.wait_for_epoch(2)
            self.fill(disk)
            status, last, _ = training.end()
            self.assertEqual(status, 1)
            self.assertIn(FULL, last)
            self.assertIn("no room for the run elsewhere", last)
            self.check_what_was_written(disk, run)

    def test_a_read_only_folder_is_refused_before_anything_is_trained(self):
        with self.small_disk(options="size=8m,ro") as disk:
            for out in (disk, disk / "run"):
                self.refused(*support.train_options(self.data), "--out", out, status=1, names=out)

    def test_a_disk_that_becomes_read_only(self):
        with self.small_disk() as disk:
            training = self.begin(disk / "run")
            training.wait_for_epoch(2)
            # Refused for as long as a file is open for writing.
            remount = ["mount", "-o", "remount,ro", str(disk)]
            support.wait_for("the remount", lambda: subprocess.run(
                remount, capture_output=True, check=False).returncode == 0)
            self.assertIn("Read-only file system", training.wait_for_line("Read-only"))
            self.assertEqual(training.end()[0], 1)
            self.assert_same_run(*self.kept_runs(), self.whole)

    def test_a_folder_that_is_removed(self):
        run = self.place / "run"
        training = self.begin(run)
        training.wait_for_epoch(2)
        run.rename(self.place / "taken")
        shutil.rmtree(self.place / "taken")
        self.assertIn(str(run), training.wait_for_line("Cannot write"))
        status, last, _ = training.end()
        self.assertEqual(status, 1)
        saved, = self.kept_runs()
        self.assertIn(str(saved), last)
        self.assertFalse(run.exists())
        self.assert_same_run(saved, self.whole)

    def test_images_that_go_away(self):
        data = self.place / "data"
        shutil.copytree(self.data, data)
        run = self.place / "run"
        training = self.begin(run, "--data", data)
        training.wait_for_epoch(1)
        shutil.rmtree(data)
        self.assertEqual(training.end()[0], 0)
        for label in LABELS:
            self.assertEqual((run / label / "model.pt").read_bytes(),
                             (self.whole / label / "model.pt").read_bytes())
        self.refused("train", "--more-epochs", 1, "--out", run, status=1, names=data)


if __name__ == "__main__":
    if os.geteuid() != 0:
        print("Not root: what needs a disk of its own is skipped.")
    unittest.main()
