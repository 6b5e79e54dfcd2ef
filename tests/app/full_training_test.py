#!/usr/bin/env python3
"""Learns what it should on all of MNIST. With the argument --twenty: 20 epochs, some minutes."""

import sys
import unittest

import support

EPOCHS, FEWEST, MOST = (20, 0, 75) if "--twenty" in sys.argv else (1, 60, 200)
sys.argv = sys.argv[:1]


class FullTraining(support.ProgramTest):
    def test_wrong_digits(self):
        run = self.folder / "run"
        support.run_program("train", "--norms", "batch,layer,group", "--epochs", EPOCHS,
                            "--l1", "batch=1e-4", "--out", run)
        for model in support.comparison_of(run)["models"]:
            with self.subTest(model["label"]):
                self.assertTrue(FEWEST <= model["wrong"] <= MOST, model)


if __name__ == "__main__":
    unittest.main()
