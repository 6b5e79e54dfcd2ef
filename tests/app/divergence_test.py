#!/usr/bin/env python3
"""A model whose loss is no longer a number stops alone and keeps what was measured."""

import math
import unittest

import support


class Divergence(support.SmallDataTest):
    def test_stops_one_model_and_no_other(self):
        # Without normalization, a penalty that outweighs the loss throws the weights from side to
        # side until the product of the layers overflows; batch and instance norm hold.
        out = self.folder / "run"
        done = support.run_program(
            *support.train_options(self.data, norms="batch,none,instance"),
            "--learning-rate", 1, "--l1", "none=1", "--out", out, status=1)
        self.assertEqual(sum("none" in line and "no longer a number" in line
                             for line in done.stderr.splitlines()), 1, done.stderr)
        models = support.models_of(out)
        self.assertEqual(models["none"]["outcome"], "failed")
        self.assertIn("no longer a number", models["none"]["error"])
        for name in ("wrong", "test_accuracy", "test_loss", "best_wrong"):
            self.assertIsNone(models["none"][name], name)
        measured = support.steps_of(out / "none")
        self.assertTrue(0 < len(measured) < self.STEPS)
        self.assertTrue(all(math.isfinite(row["loss"]) for row in measured))

        alone = self.train("alone", "--learning-rate", 1, norms="batch,instance")
        for label in ("batch", "instance"):
            self.assertEqual(models[label]["outcome"], "finished")
            self.assertNotIn("error", models[label])
            self.assertEqual({path.name for path in (out / label).iterdir()}, support.MODEL_FILES)
            self.assertEqual((out / label / "steps.csv").read_bytes(),
                             (alone / label / "steps.csv").read_bytes())


if __name__ == "__main__":
    unittest.main()
