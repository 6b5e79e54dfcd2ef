#!/usr/bin/env python3
"""What moving and bending the images costs a training, as a share of the whole mini-batch.

    NORMSCOPE=build/release/normscope NORMSCOPE_DATA=resources/datasets/mnist PYTHONPATH=tests \\
        /usr/bin/python3 tests/bench/augmentation_cost.py [--rounds N]

One epoch each without, with affine and with elastic changes, in turn: of one model on all cores,
for each norm, and of the three at once, one thread each.
"""

import argparse
import statistics
import tempfile
from pathlib import Path

import support

MODELS = ("batch", "layer", "group", "batch,layer,group")
AUGMENTATIONS = ("none", "affine", "elastic")


def seconds_of(norms, augmentation, folder):
    """Spent in the mini-batches of an epoch, the mean of the models."""
    support.run_program("train", "--norms", norms, "--epochs", 1, "--augment", augmentation,
                        "--data", support.DATA, "--out", folder)
    return statistics.mean(model["train_seconds"]
                           for model in support.comparison_of(folder)["models"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    shares = {(norms, augmentation): [] for norms in MODELS for augmentation in AUGMENTATIONS[1:]}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            for norms in MODELS:
                runs = Path(folder) / f"{number}-{norms}"
                plain, *changed = (seconds_of(norms, augmentation, runs / augmentation)
                                   for augmentation in AUGMENTATIONS)
                for augmentation, seconds in zip(AUGMENTATIONS[1:], changed):
                    shares[norms, augmentation].append(1.0 - plain / seconds)
    for (norms, augmentation), measured in shares.items():
        print(f"{norms}, {augmentation}: {100 * statistics.median(measured):.0f} % of the step "
              f"(rounds {', '.join(f'{100 * share:.0f}' for share in measured)})")


if __name__ == "__main__":
    main()
