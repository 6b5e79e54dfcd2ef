#!/usr/bin/env python3
"""The run folder that `train` writes: complete, and its files agree with each other."""

import math
import shlex
import unittest

import support

EPOCHS = 2

NUMBER = (int, float)
RUN_FIELDS = {
    "command": str, "versions": dict, "dataset": dict, "seed": int, "threads": int, "engine": str,
    "batch_size": int, "learning_rate": NUMBER, "augment": str, "train_limit": (int, type(None)),
    "cycles": list, "notes": str, "models": list,
}
MODEL_FIELDS = {
    "label": str, "norm": str, "groups": (list, type(None)), "l1": NUMBER, "epochs": int,
    "parameters": int, "wrong": int, "test_accuracy": NUMBER, "test_loss": NUMBER,
    "best_wrong": int, "train_seconds": NUMBER, "images_per_second": NUMBER, "outcome": str,
}


class Content(support.SmallDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = cls.train("run", "--model", "fine groups=group:groups=4,4,3,8,5,1",
                                "--model", "plain=none", "--l1", "batch=1e-3")
        cls.comparison = support.comparison_of(cls.results)
        cls.models = [(model, cls.results / model["label"]) for model in cls.comparison["models"]]

    def assert_fields(self, found, expected):
        self.assertEqual(set(found), set(expected))
        for name, kind in expected.items():
            self.assertIsInstance(found[name], kind, name)
            self.assertNotIsInstance(found[name], bool, name)

    def test_files(self):
        labels = {"batch", "layer", "group", "fine groups", "plain"}
        self.assertEqual({path.name for path in self.results.iterdir()},
                         labels | {"comparison.json"})
        for _, folder in self.models:
            with self.subTest(label=folder.name):
                self.assertEqual({path.name for path in folder.iterdir()}, support.MODEL_FILES)

    def test_fields_of_the_comparison(self):
        self.assert_fields(self.comparison, RUN_FIELDS)
        self.assert_fields(self.comparison["versions"], {"normscope": str, "libtorch": str})
        self.assert_fields(self.comparison["dataset"], {"folder": str, "checksum": str,
                                                        "train_total": int, "test_total": int})
        for name, value in {"seed": 1, "threads": 1, "engine": "kernel", "batch_size": 64,
                            "learning_rate": 0.05, "augment": "none", "train_limit": None,
                            "cycles": [EPOCHS], "notes": ""}.items():
            self.assertEqual(self.comparison[name], value, name)
        dataset = self.comparison["dataset"]
        self.assertEqual((dataset["train_total"], dataset["test_total"]), (self.TRAIN, self.TEST))
        self.assertEqual(dataset["folder"], str(self.data))
        self.assertRegex(dataset["checksum"], "^[0-9a-f]{32}$")

    def test_fields_of_each_model(self):
        norms = {"batch": "batch", "layer": "layer", "group": "group", "fine groups": "group",
                 "plain": "none"}
        self.assertEqual([model["label"] for model in self.comparison["models"]], list(norms))
        for model, _ in self.models:
            with self.subTest(label=model["label"]):
                self.assert_fields(model, MODEL_FIELDS)
                self.assertEqual(model["norm"], norms[model["label"]])
                self.assertEqual(model["l1"], 1e-3 if model["label"] == "batch" else 0)
                self.assertEqual(model["epochs"], EPOCHS)
                self.assertEqual(model["parameters"], 7611 if model["norm"] == "none" else 7767)
                self.assertEqual(model["outcome"], "finished")
                self.assertGreater(model["images_per_second"], 0)
        models = support.models_of(self.results)
        self.assertEqual(models["group"]["groups"], [2, 2, 2, 2, 3, 3])
        self.assertEqual(models["fine groups"]["groups"], [4, 4, 3, 8, 5, 1])

    def test_steps(self):
        for _, folder in self.models:
            with self.subTest(label=folder.name):
                rows = support.steps_of(folder)
                self.assertEqual([(row["step"], row["epoch"]) for row in rows],
                                 [(step, 1 + (step - 1) // self.STEPS)
                                  for step in range(1, EPOCHS * self.STEPS + 1)])
                for row in rows:
                    self.assertTrue(math.isfinite(row["loss"]) and row["loss"] > 0)
                    digits = row["accuracy"] * 64
                    self.assertAlmostEqual(digits, round(digits), places=4)

    def test_epochs_are_means_of_their_steps(self):
        for _, folder in self.models:
            with self.subTest(label=folder.name):
                steps, epochs = support.steps_of(folder), support.epochs_of(folder)
                self.assertEqual([row["epoch"] for row in epochs], [1, 2])
                for row in epochs:
                    own = [step for step in steps if step["epoch"] == row["epoch"]]
                    for mean, value in (("train_loss", "loss"), ("train_accuracy", "accuracy"),
                                        ("l1_penalty", "l1_penalty")):
                        self.assertAlmostEqual(
                            row[mean], sum(step[value] for step in own) / self.STEPS,
                            places=6, msg=mean)
                    self.assertGreater(row["seconds"], 0)

    def test_the_learning_rate_ends_at_almost_nothing(self):
        for _, folder in self.models:
            with self.subTest(label=folder.name):
                last = support.epochs_of(folder)[-1]["learning_rate"]
                self.assertAlmostEqual(last / (0.05 / 250_000), 1, places=9)

    def test_predictions_bear_out_the_accuracy(self):
        _, labels = support.read_idx(support.TEST_LABELS, self.TEST)
        for model, folder in self.models:
            with self.subTest(label=model["label"]):
                rows = support.predictions_of(folder)
                self.assertEqual([row["index"] for row in rows], list(range(self.TEST)))
                self.assertEqual([row["label"] for row in rows], list(labels))
                wrong = sum(row["label"] != row["predicted"] for row in rows)
                epochs = support.epochs_of(folder)
                self.assertEqual(model["wrong"], wrong)
                self.assertAlmostEqual(model["test_accuracy"], 1 - wrong / self.TEST, places=12)
                self.assertEqual(model["test_accuracy"], epochs[-1]["test_accuracy"])
                self.assertEqual(model["test_loss"], epochs[-1]["test_loss"])
                best = max(row["test_accuracy"] for row in epochs)
                self.assertEqual(model["best_wrong"], round((1 - best) * self.TEST))
                self.assertAlmostEqual(model["train_seconds"],
                                       sum(row["seconds"] for row in epochs))
                loss = -sum(math.log(row["probability_label"]) for row in rows) / self.TEST
                self.assertAlmostEqual(model["test_loss"], loss, places=4)
                for row in rows:
                    right, chosen = row["probability_label"], row["probability_predicted"]
                    self.assertTrue(0 < right <= chosen <= 1)
                    self.assertEqual(row["label"] == row["predicted"], right == chosen)

    def test_the_l1_penalty_is_apart_from_the_loss(self):
        bare = self.train("bare", norms="batch")
        with_l1 = support.steps_of(self.results / "batch")
        without = support.steps_of(bare / "batch")
        self.assertEqual(with_l1[0]["loss"], without[0]["loss"])
        self.assertNotEqual(with_l1[-1]["loss"], without[-1]["loss"])
        self.assertTrue(all(row["l1_penalty"] > 0 for row in with_l1))
        self.assertTrue(all(row["l1_penalty"] == 0 for row in without))

    def test_the_command_repeats_the_run(self):
        words = shlex.split(self.comparison["command"])
        self.assertEqual(words[:2], ["normscope", "train"])
        again = self.folder / "again"
        words[words.index("--out") + 1] = str(again)
        support.run_program(*words[1:])
        for _, folder in self.models:
            with self.subTest(label=folder.name):
                for file in ("steps.csv", "predictions.csv", "model.pt"):
                    self.assertEqual((again / folder.name / file).read_bytes(),
                                     (folder / file).read_bytes(), file)

    def test_train_limit_and_the_last_mini_batch(self):
        run = self.train("limited", "--train-limit", 200, "--augment", "affine", norms="layer",
                         epochs=1)
        comparison = support.comparison_of(run)
        self.assertEqual((comparison["train_limit"], comparison["augment"]), (200, "affine"))
        self.assertEqual(comparison["dataset"]["train_total"], self.TRAIN)
        rows = support.steps_of(run / "layer")
        self.assertEqual(len(rows), 4)  # 64, 64, 64 and 8
        self.assertAlmostEqual(rows[-1]["accuracy"] * 8, round(rows[-1]["accuracy"] * 8))


if __name__ == "__main__":
    unittest.main()
