"""What the tests in Python share: the program, its run folders and small data sets.

NORMSCOPE is the program, NORMSCOPE_DATA the folder of the four MNIST files, NORMSCOPE_TMP where
temporary folders go (the system's own place when it is not set).
"""

import csv
import gzip
import json
import locale
import os
import struct
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM = os.environ["NORMSCOPE"]
DATA = Path(os.environ["NORMSCOPE_DATA"])
NORMS = ("none", "batch", "layer", "group", "instance")
MODEL_FILES = {"epochs.csv", "steps.csv", "checkpoint.pt", "model.pt", "predictions.csv",
               "epoch_predictions.csv", "percentiles.csv"}

# Byte for byte alike, whenever a training was interrupted; the others also tell what a clock said.
EXACT_FILES = tuple(sorted(MODEL_FILES - {"epochs.csv"}))

TRAIN_IMAGES = "train-images-idx3-ubyte"
TRAIN_LABELS = "train-labels-idx1-ubyte"
TEST_IMAGES = "t10k-images-idx3-ubyte"
TEST_LABELS = "t10k-labels-idx1-ubyte"

EPOCHS_HEADER = ("epoch,train_loss,train_accuracy,test_loss,test_accuracy,learning_rate,seconds,"
                 "l1_penalty")
STEPS_HEADER = "step,epoch,loss,accuracy,l1_penalty"
PREDICTIONS_HEADER = "index,label,predicted,probability_predicted,probability_label"


def check_locale():
    """The locale that the environment names is really in force, not silently replaced by C."""
    wanted = os.environ.get("LC_ALL", "")
    if wanted.startswith("de_DE"):
        locale.setlocale(locale.LC_ALL, "")
        comma = locale.localeconv()["decimal_point"]
        locale.setlocale(locale.LC_ALL, "C")
        if comma != ",":
            raise AssertionError(f"{wanted} is not in force: its decimal point is {comma!r}")


def environment(**changes):
    """As on a machine with no display, and nobody to tell Qt so."""
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {name: value for name, value in os.environ.items() if name not in without}
    return {**kept, **{name: str(value) for name, value in changes.items()}}


def run_program(*arguments, status=0, program=PROGRAM):
    """Runs the program to its end, which must have this exit status."""
    done = subprocess.run([program, *map(str, arguments)], env=environment(), text=True,
                          encoding="utf-8", capture_output=True, timeout=900, check=False)
    if done.returncode != status:
        raise AssertionError(f"{arguments} ended with {done.returncode}, not {status}\n"
                             f"--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}")
    return done


def train_options(data, *, epochs=2, norms="batch,layer,group", seed=1):
    """The beginning of most training commands in the tests."""
    return ("train", "--norms", norms, "--epochs", epochs, "--data", data, "--seed", seed)


PATIENCE = 300  # seconds for something that takes one; a machine may be busy


def wait_for(what, condition, patience=PATIENCE, pause=0.005):
    """The first true result of `condition`."""
    deadline = time.monotonic() + patience
    while not (result := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience} s in vain: {what}")
        time.sleep(pause)
    return result


def files_of(folder):
    """The content of every file below a folder."""
    return {path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}


class ProgramTest(unittest.TestCase):
    """A test with a temporary folder of its own that runs the program."""

    @classmethod
    def setUpClass(cls):
        check_locale()
        temporary = tempfile.TemporaryDirectory(dir=os.environ.get("NORMSCOPE_TMP"))
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)

    def refused(self, *arguments, status, names):
        """Runs the program in vain: one plain line on standard error that holds `names`."""
        done = run_program(*arguments, status=status)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.assertTrue(done.stderr.endswith("\n") and done.stderr.strip(), done.stderr)
        self.assertIn(str(names), done.stderr)
        return done.stderr


def read_csv(path, header):
    """The rows as dictionaries of numbers; the header must be this one."""
    text = path.read_text("ascii")
    if not text.endswith("\n"):
        raise AssertionError(f"{path} ends in the middle of a line")
    lines = text.splitlines()
    if lines[0] != header:
        raise AssertionError(f"{path} begins with {lines[0]}")
    rows = list(csv.DictReader(lines, strict=True))
    if any(None in row or None in row.values() for row in rows):
        raise AssertionError(f"{path} has a row that is too short or too long")
    return [{name: float(value) for name, value in row.items()} for row in rows]


def epochs_of(model_folder):
    return read_csv(model_folder / "epochs.csv", EPOCHS_HEADER)


def steps_of(model_folder):
    return read_csv(model_folder / "steps.csv", STEPS_HEADER)


def predictions_of(model_folder):
    return read_csv(model_folder / "predictions.csv", PREDICTIONS_HEADER)


def comparison_of(run):
    return json.loads((run / "comparison.json").read_text("utf-8"))


def models_of(run):
    """The models in comparison.json by their labels."""
    return {model["label"]: model for model in comparison_of(run)["models"]}


def read_idx(name, count=None):
    """(count, bytes of the items) of one of the bundled files, or of its first items."""
    with gzip.open(DATA / f"{name}.gz") as file:
        images = struct.unpack(">I", file.read(4))[0] == 0x803
        total, = struct.unpack(">I", file.read(4))
        size = 784 if images else 1
        if images:
            file.read(8)
        count = total if count is None else count
        return count, file.read(count * size)


def idx_images(count, pixels, *, magic=0x803, side=28):
    return struct.pack(">IIII", magic, count, side, side) + pixels


def idx_labels(count, labels, *, magic=0x801):
    return struct.pack(">II", magic, count) + labels


def write_subset(folder, train, test, *, packed=True):
    """The first `train` and `test` images of MNIST as a data set of its own, gzipped or not."""
    folder.mkdir(parents=True)
    for name, count, idx in ((TRAIN_IMAGES, train, idx_images), (TRAIN_LABELS, train, idx_labels),
                             (TEST_IMAGES, test, idx_images), (TEST_LABELS, test, idx_labels)):
        content = idx(*read_idx(name, count))
        if packed:
            (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        else:
            (folder / name).write_bytes(content)
    return folder


class SmallDataTest(ProgramTest):
    """A test that trains on a few of the digits: eight mini-batches of 64 an epoch."""

    TRAIN = 512
    TEST = 256
    STEPS = 8

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.data = write_subset(cls.folder / "data", cls.TRAIN, cls.TEST)

    @classmethod
    def train(cls, name, *options, status=0, **changes):
        """A run of its own in the folder `name`; the options as train_options has them."""
        out = cls.folder / name
        run_program(*train_options(cls.data, **changes), *options, "--out", out, status=status)
        return out

    def assert_same_run(self, run, whole):
        """Byte for byte the other run, save for what a clock says."""
        names = {path.relative_to(whole) for path in whole.rglob("*")}
        self.assertEqual({path.relative_to(run) for path in run.rglob("*")}, names)
        for label in models_of(whole):
            for file in EXACT_FILES:
                self.assertEqual((run / label / file).read_bytes(),
                                 (whole / label / file).read_bytes(), f"{label}/{file}")
            for ours, theirs in zip(epochs_of(run / label), epochs_of(whole / label), strict=True):
                self.assertEqual({**ours, "seconds": 0}, {**theirs, "seconds": 0})
        for label, model in models_of(run).items():
            theirs = models_of(whole)[label]
            for name in model.keys() - {"train_seconds", "images_per_second"}:
                self.assertEqual(model[name], theirs[name], f"{label}: {name}")
