#!/usr/bin/env python3
"""Do the two engines learn equally well? Wrong test digits of both, seed by seed.

    NORMSCOPE=build/release/normscope NORMSCOPE_DATA=resources/datasets/mnist PYTHONPATH=tests \\
        /usr/bin/python3 tests/bench/engine_agreement.py --out FOLDER [--seeds 5]

Batch, layer and group norm train for 20 epochs with LibTorch and with the kernels, from the same
weights, through the same mini-batches. The engines round differently, so that their trainings
part after a few steps, as LibTorch's own do on one and on two threads; what is asked is whether one
of them misreads more digits. Prints the pairs and the 95 % interval of their mean difference. A
training that is in FOLDER already is not run again.
"""

import argparse
import math
import statistics
import subprocess
from pathlib import Path

import support

NORMS = ("batch", "layer", "group")
ENGINES = ("torch", "kernel")
EPOCHS = 20
# Two-sided 95 % points of Student's t (NIST/SEMATECH e-Handbook, 1.3.6.7.2) by degrees of freedom.
STUDENT_95 = {2: 4.303, 5: 2.571, 8: 2.306, 11: 2.201, 14: 2.145}


def wrong_digits(engine, seed, folder):
    """Of each model, in the order of NORMS."""
    out = folder / f"{engine}-{seed}"
    if not (out / "comparison.json").exists() or not finished(out):
        resumed = ["--resume"] if out.exists() else []
        subprocess.run([support.PROGRAM, "train", "--norms", ",".join(NORMS), "--epochs",
                        str(EPOCHS), "--seed", str(seed), "--engine", engine, "--data",
                        support.DATA, "--out", out, *resumed],
                       env=support.environment(), stderr=subprocess.DEVNULL, check=True)
    return [model["wrong"] for model in support.comparison_of(out)["models"]]


def finished(out):
    return all(model["epochs"] == EPOCHS for model in support.comparison_of(out)["models"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=5, choices=range(1, 6))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    wrong = {engine: [wrong_digits(engine, seed, options.out)
                      for seed in range(1, options.seeds + 1)] for engine in ENGINES}
    differences = []
    for model, norm in enumerate(NORMS):
        pairs = [[seed[model] for seed in wrong[engine]] for engine in ENGINES]
        print(f"{norm:6}", *(f"{engine} {row}" for engine, row in zip(ENGINES, pairs)))
        differences += [ours - theirs for theirs, ours in zip(*pairs)]
    mean = statistics.mean(differences)
    print(f"kernel - torch: {differences}, mean {mean:+.2f}")
    if len(differences) - 1 in STUDENT_95:
        half = (STUDENT_95[len(differences) - 1] * statistics.stdev(differences)
                / math.sqrt(len(differences)))
        print(f"95 % interval of the mean: {mean - half:+.2f} to {mean + half:+.2f}")


if __name__ == "__main__":
    main()
