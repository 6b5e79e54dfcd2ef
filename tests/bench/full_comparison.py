#!/usr/bin/env python3
"""The whole comparison, from start to finish: the program beside a plain PyTorch notebook.

    NORMSCOPE=build/release/normscope NORMSCOPE_DATA=resources/datasets/mnist PYTHONPATH=tests \\
        /usr/bin/python3 tests/bench/full_comparison.py [--epochs 20]

Batch, layer and group norm learn all of MNIST at batch size 64 with the one-cycle schedule, and
read the test images after every epoch. PyTorch does it as a notebook does: one model after the
other, each with all cores. Both times include starting up and loading the images.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import support

NORMS = ("batch", "layer", "group")


def train_in_pytorch(epochs):
    """Prints the wrong test digits of each model."""
    import torch
    from training_speed import BATCH, pytorch_loader
    from reference_network import reference_network, test_set

    torch.set_num_threads(len(os.sched_getaffinity(0)))
    loader = pytorch_loader()
    images, labels = test_set()
    for norm in NORMS:
        network = reference_network(norm)
        optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.05,
                                                       total_steps=epochs * len(loader))
        for _ in range(epochs):
            network.train()
            for digits, answers in loader:
                optimizer.zero_grad()
                scores = network(digits).flatten(1).log_softmax(1)
                torch.nn.functional.nll_loss(scores, answers).backward()
                optimizer.step()
                schedule.step()
            network.eval()
            with torch.no_grad():
                wrong = sum(int((network(part).flatten(1).argmax(1) != truth).sum())
                            for part, truth in zip(images.split(BATCH), labels.split(BATCH)))
        print(f"{norm} {wrong}", flush=True)


def timed(command, **options):
    started = time.perf_counter()
    done = subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True, **options)
    return time.perf_counter() - started, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--pytorch", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.pytorch:
        train_in_pytorch(options.epochs)
        return
    theirs, wrong = timed([sys.executable, __file__, "--pytorch", "--epochs", options.epochs])
    print(f"PyTorch    {theirs:7.1f} s   wrong: {' '.join(wrong.split())}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        ours, _ = timed([support.PROGRAM, "train", "--norms", ",".join(NORMS), "--epochs",
                         options.epochs, "--data", support.DATA, "--out", out],
                        env=support.environment())
        wrong = " ".join(f"{model['label']} {model['wrong']}"
                         for model in support.comparison_of(out)["models"])
    print(f"normscope  {ours:7.1f} s   wrong: {wrong}")
    print(f"PyTorch takes {theirs / ours:.1f} times as long")


if __name__ == "__main__":
    main()
