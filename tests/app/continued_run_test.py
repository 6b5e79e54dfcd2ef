#!/usr/bin/env python3
"""A folder that holds a run: refused to a second one, resumed, given more epochs."""

import shutil
import unittest

import support

EPOCHS = 2


class SecondRun(support.SmallDataTest):
    def test_is_refused_and_changes_nothing(self):
        run = self.train("run", norms="layer")
        before = support.files_of(run)
        self.refused(*support.train_options(self.data, epochs=1), "--out", run, status=1,
                     names=run)
        self.assertEqual(support.files_of(run), before)

    def test_a_file_in_the_way_is_named(self):
        file = self.folder / "file"
        file.write_text("mine")
        self.refused(*support.train_options(self.data, epochs=1), "--out", file, status=1,
                     names=file)
        self.assertEqual(file.read_text(), "mine")

    def test_resume_needs_a_run(self):
        nowhere = self.folder / "nowhere"
        for option in (("--resume",), ("--more-epochs", 1)):
            self.refused("train", *option, "--out", nowhere, status=1, names=nowhere)
            self.assertFalse(nowhere.exists())

    def test_resume_of_a_finished_run_keeps_its_numbers(self):
        run = self.train("finished", norms="layer")
        before = support.files_of(run / "layer")
        command = support.train_options(self.data, epochs=EPOCHS, norms="layer")
        support.run_program(*command, "--resume", "--out", run)
        self.assertEqual(support.files_of(run / "layer"), before)

    def test_options_that_contradict_the_run_are_wrong_usage(self):
        run = self.train("contradicted", "--batch-size", 64, norms="layer,group")
        before = support.files_of(run)
        for option, value in (("--norms", "layer"), ("--epochs", 3), ("--batch-size", 32),
                              ("--learning-rate", 0.1), ("--seed", 2), ("--l1", "layer=1e-4"),
                              ("--augment", "affine"), ("--train-limit", 100),
                              ("--model", "layer=batch")):
            with self.subTest(option=option):
                self.refused("train", option, value, "--data", self.data, "--resume", "--out", run,
                             status=2, names=option)
        self.assertEqual(support.files_of(run), before)

    def test_other_images_are_refused(self):
        run = self.train("images", norms="layer")
        other = support.write_subset(self.folder / "other", 256, 128)
        self.refused("train", "--resume", "--data", other, "--out", run, status=1, names=other)

    def test_a_damaged_run_is_refused_by_name(self):
        whole = self.train("whole", norms="layer", epochs=1)
        for name, content in (("comparison.json", b"{"), ("comparison.json", b"[]"),
                              ("layer/steps.csv", b"step\n"), ("layer/epochs.csv", b"\0\1"),
                              ("layer/checkpoint.pt", b"PK\3\4")):
            with self.subTest(name=name, content=content):
                damaged = self.folder / "damaged"
                shutil.rmtree(damaged, ignore_errors=True)
                shutil.copytree(whole, damaged)
                (damaged / name).write_bytes(content)
                self.refused("train", "--more-epochs", 1, "--out", damaged, status=1,
                             names=damaged)


class MoreEpochs(support.SmallDataTest):
    def test_append_a_cycle(self):
        run = self.train("run", norms="batch,group")
        before = {(label, file): (run / label / file).read_text()
                  for label in ("batch", "group") for file in ("steps.csv", "percentiles.csv")}
        support.run_program("train", "--more-epochs", 1, "--out", run)
        comparison = support.comparison_of(run)
        self.assertEqual(comparison["cycles"], [EPOCHS, 1])
        for model in comparison["models"]:
            folder = run / model["label"]
            self.assertEqual((model["epochs"], model["outcome"]), (EPOCHS + 1, "finished"))
            for file in ("steps.csv", "percentiles.csv"):
                text = (folder / file).read_text()
                earlier = before[model["label"], file]
                self.assertTrue(text.startswith(earlier) and len(text) > len(earlier), file)
            self.assertEqual(len(support.steps_of(folder)), (EPOCHS + 1) * self.STEPS)
            rates = [row["learning_rate"] for row in support.epochs_of(folder)]
            self.assertAlmostEqual(rates[EPOCHS - 1] / rates[EPOCHS], 1)  # both cycles ended


if __name__ == "__main__":
    unittest.main()
