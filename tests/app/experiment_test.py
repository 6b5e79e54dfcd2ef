#!/usr/bin/env python3
"""`normscope experiment`: its folder, what it refuses, and going on after it was killed."""

import json
import random
import re
import shutil
import signal
import subprocess
import time
import unittest

import support

EPOCHS = 3
LABELS = ("batch", "layer")


class ExperimentTest(support.SmallDataTest):
    TRAIN = 512
    TEST = 256

    @classmethod
    def command(cls, kind, *options):
        train = support.train_options(cls.data, epochs=EPOCHS, norms=",".join(LABELS))
        return ("experiment", "--kind", kind, *train[1:], *options)

    @classmethod
    def seeds(cls, out, *options, **changes):
        return support.run_program(*cls.command("seeds", "--seeds", 3), *options, "--out", out,
                                   **changes)

    def compare(self, one, other, names):
        """The runs of two experiments, save for what a clock says."""
        for name in names:
            for label in LABELS:
                for file in support.EXACT_FILES:
                    self.assertEqual((one / name / label / file).read_bytes(),
                                     (other / name / label / file).read_bytes(),
                                     f"{name}/{label}/{file}")
                for ours, theirs in zip(support.epochs_of(one / name / label),
                                        support.epochs_of(other / name / label), strict=True):
                    self.assertEqual({**ours, "seconds": 0}, {**theirs, "seconds": 0})


class Seeds(ExperimentTest):
    NAMES = ("seed-1", "seed-2", "seed-3")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.whole = cls.folder / "whole"
        cls.printed = cls.seeds(cls.whole).stdout

    def test_the_folder_tells_what_it_is(self):
        experiment = json.loads((self.whole / "experiment.json").read_text("utf-8"))
        self.assertEqual(experiment["kind"], "seeds")
        self.assertEqual(experiment["seeds"], 3)
        self.assertEqual(experiment["runs"], list(self.NAMES))
        self.assertIn("experiment --kind seeds --seeds 3", experiment["command"])
        self.assertEqual({path.name for path in self.whole.iterdir()},
                         {"experiment.json", *self.NAMES})
        for seed, name in enumerate(self.NAMES, start=1):
            self.assertEqual(support.comparison_of(self.whole / name)["seed"], seed)

    def test_a_run_is_what_train_makes_of_its_seed(self):
        alone = self.train("alone", seed=2, epochs=EPOCHS, norms=",".join(LABELS))
        for label in LABELS:
            self.assertEqual((self.whole / "seed-2" / label / "steps.csv").read_bytes(),
                             (alone / label / "steps.csv").read_bytes())

    def test_prints_mean_deviation_and_interval(self):
        lines = self.printed.splitlines()
        for label, line in zip(LABELS, lines):
            wrong = [support.models_of(self.whole / name)[label]["wrong"] for name in self.NAMES]
            mean = sum(wrong) / 3
            deviation = (sum((count - mean) ** 2 for count in wrong) / 2) ** 0.5
            reach = 4.302652729911275 * deviation / 3 ** 0.5  # Student's, 2 degrees of freedom
            self.assertTrue(line.startswith(f"{label}: mean "), line)
            self.assertTrue(line.endswith(f"({', '.join(map(str, wrong))})"), line)
            numbers = [float(number) for number in
                       re.findall(r"-?\d+\.\d+", line.replace("95 %", ""))]
            for number, expected in zip(numbers, (mean, deviation, mean - reach, mean + reach),
                                        strict=True):
                self.assertAlmostEqual(number, expected, delta=0.0501)
        self.assertIn("3 seeds", lines[2])
        self.assertNotIn(",5", self.printed)

    def test_the_same_command_again_touches_nothing(self):
        before = support.files_of(self.whole)
        self.assertEqual(self.seeds(self.whole).stdout, self.printed)
        self.assertEqual(support.files_of(self.whole), before)
        # What is not given is not contradicted.
        done = support.run_program("experiment", "--kind", "seeds", "--out", self.whole)
        self.assertEqual(done.stdout, self.printed)

    def test_contradictions_are_wrong_usage(self):
        before = support.files_of(self.whole)
        for option, value in (("--seeds", 4), ("--epochs", 4), ("--norms", "batch"), ("--seed", 2),
                              ("--batch-size", 8), ("--train-limit", 5)):
            with self.subTest(option=option):
                self.refused("experiment", "--kind", "seeds", option, value, "--out", self.whole,
                             status=2, names=option)
        self.refused("experiment", "--kind", "batch-size", "--out", self.whole, status=2,
                     names="--kind")
        self.assertEqual(support.files_of(self.whole), before)

    def test_other_images_are_refused(self):
        other = support.write_subset(self.folder / "other", 256, 128)
        part = self.folder / "part"
        shutil.copytree(self.whole, part)
        shutil.rmtree(part / "seed-3")
        self.refused("experiment", "--kind", "seeds", "--data", other, "--out", part, status=1,
                     names=other)
        self.assertFalse((part / "seed-3").exists())

    def test_a_damaged_run_is_refused_by_name(self):
        part = self.folder / "damaged"
        shutil.copytree(self.whole, part)
        (part / "seed-2" / "comparison.json").write_text("{")
        self.refused("experiment", "--kind", "seeds", "--out", part, status=1,
                     names=part / "seed-2" / "comparison.json")

    def test_killed_at_any_moment_it_goes_on_to_the_same_end(self):
        started = time.monotonic()
        self.seeds(self.folder / "timed")
        seconds = time.monotonic() - started
        seed = random.randrange(1_000_000)
        moments = random.Random(seed)
        out = self.folder / "killed"
        with self.subTest(seed=seed):
            kills = 0
            while kills < 4:
                process = self.begin(out, subprocess.DEVNULL)
                try:
                    status = process.wait(timeout=moments.uniform(0.05, 0.6) * seconds)
                    self.assertEqual(status, 0)
                    break  # it has come to its end between the kills
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
                    kills += 1
            self.assertGreater(kills, 0)
            self.assertEqual(self.seeds(out).stdout, self.printed)
            self.compare(out, self.whole, self.NAMES)

    def test_interrupted_it_says_how_to_go_on(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            out = self.folder / number.name
            process = self.begin(out, subprocess.PIPE)
            support.wait_for("the first run", (out / "seed-1" / "comparison.json").exists)
            process.send_signal(number)
            output, errors = process.communicate(timeout=support.PATIENCE)
            self.assertEqual((process.returncode, output), (1, ""))
            self.assertIn(f"{out}, go on with the same command", errors.splitlines()[-1])
            self.assertEqual(self.seeds(out).stdout, self.printed)
            self.compare(out, self.whole, self.NAMES)

    def begin(self, out, output):
        return subprocess.Popen(
            [support.PROGRAM, *map(str, self.command("seeds", "--seeds", 3)), "--out", str(out)],
            env=support.environment(), stdout=output, stderr=output, text=True)


class Sweep(ExperimentTest):
    def test_scales_the_learning_rate_and_prints_medians(self):
        out = self.folder / "sweep"
        done = support.run_program(*self.command("batch-size", "--sizes", "128,64"),
                                   "--batch-size", 64, "--learning-rate", 0.04, "--out", out)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[1].split(), ["batch", "size", *LABELS])
        for size, rate, line in ((128, 0.08, lines[2]), (64, 0.04, lines[3])):
            comparison = support.comparison_of(out / f"batch-{size}")
            self.assertEqual(comparison["batch_size"], size)
            self.assertAlmostEqual(comparison["learning_rate"], rate)
            cells = line.split()
            self.assertEqual(int(cells[0]), size)
            for label, cell in zip(LABELS, cells[1:], strict=True):
                errors = sorted(100 * (1 - row["test_accuracy"]) for row in
                                support.epochs_of(out / f"batch-{size}" / label))
                self.assertAlmostEqual(float(cell), errors[EPOCHS // 2], delta=0.00501)
        self.assertIn("34.7 %", done.stdout)  # the paper's

    def test_a_model_that_diverges_is_told_at_the_end(self):
        out = self.folder / "diverged"
        done = support.run_program(*self.command("batch-size", "--sizes", "64,1"), "--batch-size",
                                   1, "--learning-rate", 1e6, "--out", out, status=1)
        self.assertIn("diverged", done.stdout)
        self.assertIn("batch-64", done.stderr.splitlines()[-1])


class Usage(ExperimentTest):
    def test_is_refused(self):
        out = ("--out", self.folder / "usage")
        for arguments, names in (((), "--kind"), (("--kind", "moons"), "--kind"),
                                 (("--kind", "seeds", "--seeds", 1), "--seeds"),
                                 (("--kind", "seeds", "--seeds", "x"), "--seeds"),
                                 (("--kind", "seeds", "--sizes", 2), "--sizes"),
                                 (("--kind", "batch-size", "--seeds", 2), "--seeds"),
                                 (("--kind", "batch-size", "--sizes", "2,x"), "--sizes"),
                                 (("--kind", "batch-size", "--sizes", "2,2"), "--sizes"),
                                 (("--kind", "seeds", "--epochs", 0), "--epochs")):
            with self.subTest(arguments=arguments):
                self.refused("experiment", *arguments, *out, status=2, names=names)
        self.refused("experiment", "--kind", "seeds", status=2, names="--out")
        self.assertFalse(out[1].exists())

    def test_a_folder_with_something_else_is_left_alone(self):
        for name, file in (("letters", "letter.txt"), ("run", "comparison.json")):
            folder = self.folder / name
            folder.mkdir()
            (folder / file).write_text("mine")
            self.refused(*self.command("seeds"), "--out", folder, status=1, names=folder)
            self.assertEqual((folder / file).read_text(), "mine")
            self.assertEqual([path.name for path in folder.iterdir()], [file])

    def test_a_broken_experiment_is_named(self):
        folder = self.folder / "broken"
        folder.mkdir()
        for content in ("{", "[]", "{}"):
            (folder / "experiment.json").write_text(content)
            self.refused(*self.command("seeds"), "--out", folder, status=1,
                         names=folder / "experiment.json")


if __name__ == "__main__":
    unittest.main()
