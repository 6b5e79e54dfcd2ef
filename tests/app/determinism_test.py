#!/usr/bin/env python3
"""The same seed gives the same numbers to the last digit, alone and beside other models."""

import unittest

import support


class Determinism(support.SmallDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.together = cls.train("together")

    @classmethod
    def train(cls, name, **changes):
        return super().train(name, "--augment", "affine", **changes)

    def same(self, one, other):
        return all((one / file).read_bytes() == (other / file).read_bytes()
                   for file in ("steps.csv", "predictions.csv", "model.pt"))

    def test_twice(self):
        again = self.train("again")
        for label in ("batch", "layer", "group"):
            self.assertTrue(self.same(self.together / label, again / label), label)

    def test_alone_as_beside_others(self):
        for label in ("batch", "layer", "group"):
            alone = self.train(f"only {label}", norms=label)
            self.assertTrue(self.same(self.together / label, alone / label), label)

    def test_another_seed_gives_other_numbers(self):
        other = self.train("seed 2", norms="batch", seed=2)
        self.assertFalse(self.same(self.together / "batch", other / "batch"))

    def test_the_same_model_under_two_labels(self):
        run = self.folder / "labels"
        support.run_program("train", "--model", "one=group:groups=1,1,1,1,1,1",
                            "--model", "again=group:groups=1", "--model", "whole=layer",
                            "--model", "fine=group:groups=8,12,12,16,15,15", "--epochs", 1,
                            "--data", self.data, "--out", run)
        self.assertTrue(self.same(run / "one", run / "again"))
        self.assertTrue(self.same(run / "one", run / "whole"), "one group is layer norm")
        self.assertFalse(self.same(run / "one", run / "fine"))


if __name__ == "__main__":
    unittest.main()
