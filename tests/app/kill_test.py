#!/usr/bin/env python3
"""A training killed in mid-epoch, again and again, goes on as if nothing had happened."""

import random
import subprocess
import time
import unittest
import zipfile

import support

EPOCHS = 8
LABELS = ("batch", "layer", "group")


def epochs_on_disk(run):
    """Finished epochs of the model that is behind the others, -1 before the run is there."""
    if not (run / "comparison.json").exists():
        return -1
    return min(len(support.epochs_of(run / label)) if (run / label / "epochs.csv").exists() else 0
               for label in LABELS)


class Kill(support.SmallDataTest):
    TRAIN = 2048
    STEPS = 32  # mini-batches of 64

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls.train("whole", "--augment", "affine", epochs=EPOCHS)
        cls.command = (*support.train_options(cls.data, epochs=EPOCHS), "--augment", "affine")
        seconds = sum(row["seconds"] for row in support.epochs_of(cls.whole / LABELS[0]))
        cls.epoch_seconds = seconds / EPOCHS

    def kill_after(self, epochs, share, run, *options):
        """Starts the training and kills it a share of an epoch after so many are finished."""
        process = subprocess.Popen([support.PROGRAM, *map(str, self.command), *options,
                                    "--out", str(run)], env=support.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + support.PATIENCE
            while epochs_on_disk(run) < epochs:
                self.assertIsNone(process.poll(), "it ended by itself")
                self.assertLess(time.monotonic(), deadline, f"epoch {epochs} never came")
                time.sleep(0.005)
            time.sleep(share * self.epoch_seconds)
            self.assertIsNone(process.poll(), "it was over before it was killed")
        finally:
            process.kill()
            process.wait()
        self.assertGreaterEqual(epochs_on_disk(run), epochs)

    def check_what_is_left(self, run):
        """Every file under a final name is whole, and all are of the same epoch or the next."""
        for model in support.comparison_of(run)["models"]:
            folder = run / model["label"]
            present = {path.name for path in folder.iterdir()} if folder.exists() else set()
            rows = {}
            if "epochs.csv" in present:
                rows["epochs"] = len(support.epochs_of(folder))
            if "steps.csv" in present:
                steps = len(support.steps_of(folder))
                self.assertEqual(steps % self.STEPS, 0)
                rows["steps"] = steps // self.STEPS
            if rows:
                self.assertLessEqual(max(rows.values()) - min(rows.values()), 1, rows)
            if "predictions.csv" in present:
                self.assertEqual(len(support.predictions_of(folder)), self.TEST)
            for file in {"model.pt", "checkpoint.pt"} & present:
                with zipfile.ZipFile(folder / file) as archive:
                    self.assertIsNone(archive.testzip(), f"{folder / file} is damaged")
            if rows.get("epochs", 0) > 1:
                self.assertEqual(support.MODEL_FILES - present, set(), "a file is missing")

    def test_killed_in_four_places_and_resumed(self):
        seed = random.randrange(1_000_000)
        moments = random.Random(seed)
        run = self.folder / "killed"
        with self.subTest(seed=seed):
            options = ()
            for epochs in (0, 1, 3, 5):
                self.kill_after(epochs, moments.random(), run, *options)
                self.check_what_is_left(run)
                options = ("--resume",)
            support.run_program(*self.command, "--resume", "--out", run)
            self.assert_same_run(run, self.whole)


if __name__ == "__main__":
    unittest.main()
