#!/usr/bin/env python3
"""Two programs at once on the same run or experiment: one of them is told to wait."""

import subprocess
import unittest

import support

EPOCHS = 30
LABELS = ("batch", "layer")


class TwoPrograms(support.SmallDataTest):
    def begin(self, *command):
        process = subprocess.Popen([support.PROGRAM, *map(str, command)],
                                   env=support.environment(), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.addCleanup(process.kill)
        return process

    def end(self, process):
        """Exit status and what it said."""
        errors = process.stderr.read()
        return process.wait(timeout=support.PATIENCE), errors

    def training(self, epochs=EPOCHS):
        return support.train_options(self.data, epochs=epochs, norms=",".join(LABELS))

    def test_a_run_in_training_is_not_gone_on_with(self):
        whole = self.train("whole", epochs=EPOCHS, norms=",".join(LABELS))
        run = self.folder / "busy"
        first = self.begin(*self.training(), "--out", run)
        support.wait_for("the run", (run / LABELS[0] / "epochs.csv").exists)
        for option in (("--resume",), ("--more-epochs", 1)):
            with self.subTest(option=option):
                said = self.refused("train", *option, "--data", self.data, "--out", run, status=1,
                                    names=run)
                self.assertIn("another window or command", said)
        self.assertIsNone(first.poll(), "the first one was over too soon to tell anything")
        self.assertEqual(self.end(first)[0], 0)
        self.assert_same_run(run, whole)

    def test_of_two_that_begin_in_one_folder_one_is_refused(self):
        whole = self.train("alone", epochs=2, norms=",".join(LABELS))
        for attempt in range(3):
            run = self.folder / f"both {attempt}"
            both = [self.begin(*self.training(epochs=2), "--out", run) for _ in range(2)]
            ends = [self.end(process) for process in both]
            self.assertEqual(sorted(status for status, _ in ends), [0, 1], ends)
            self.assertIn(str(run), next(said for status, said in ends if status == 1))
            self.assert_same_run(run, whole)

    def test_an_experiment_is_run_once_at_a_time(self):
        out = self.folder / "experiment"
        command = ("experiment", "--kind", "seeds", "--seeds", 2, *self.training()[1:],
                   "--out", out)
        first = self.begin(*command)
        support.wait_for("the first run", (out / "seed-1" / "comparison.json").exists)
        self.refused(*command, status=1, names=out / "seed-1")
        self.assertIsNone(first.poll())
        self.assertEqual(self.end(first)[0], 0)
        for seed in (1, 2):
            alone = self.train(f"seed {seed}", epochs=EPOCHS, norms=",".join(LABELS), seed=seed)
            self.assert_same_run(out / f"seed-{seed}", alone)


if __name__ == "__main__":
    unittest.main()
