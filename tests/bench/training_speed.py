#!/usr/bin/env python3
"""Training images per second: the program beside a plain PyTorch loop, in one run.

    NORMSCOPE=build/release/normscope NORMSCOPE_DATA=resources/datasets/mnist PYTHONPATH=tests \\
        /usr/bin/python3 tests/bench/training_speed.py [--rounds N] [--seconds S] [--json FILE]

Both train the same network on the same digits, batch 64, with all cores. They take turns, round
after round, so that a slow minute of the machine meets both; the table shows medians. The three
together are held against the mean of PyTorch's three. --engine torch measures LibTorch instead,
and NORMSCOPE_INSTRUCTIONS=avx2 or baseline the kernels of other processors. --busy has another
process compute on one core meanwhile.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import time

import torch
from torch.utils.data import DataLoader, TensorDataset

import support
from reference_network import network_input, reference_network

NORMS = ("batch", "layer", "group")
BATCH = 64
WARM_UP = 20  # mini-batches


def pytorch_loader():
    """As a notebook does it: everything normalized beforehand, a shuffling DataLoader."""
    _, pixels = support.read_idx(support.TRAIN_IMAGES)
    _, labels = support.read_idx(support.TRAIN_LABELS)
    digits = TensorDataset(network_input(pixels), torch.tensor(list(labels)))
    return DataLoader(digits, batch_size=BATCH, shuffle=True)


def pytorch_speed(norm, loader, seconds):
    network = reference_network(norm).train()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)

    def mini_batches():
        while True:
            yield from loader

    images, started = 0, 0.0
    for count, (digits, labels) in enumerate(mini_batches()):
        if count == WARM_UP:
            images, started = 0, time.perf_counter()
        optimizer.zero_grad()
        scores = network(digits).flatten(1).log_softmax(1)
        torch.nn.functional.nll_loss(scores, labels).backward()
        optimizer.step()
        images += len(labels)
        if count > WARM_UP and time.perf_counter() - started >= seconds:
            return images / (time.perf_counter() - started)


def program_speeds(seconds, engine):
    printed = support.run_program("benchmark", "--norms", ",".join(NORMS), "--seconds", seconds,
                                  "--engine", engine, "--data", support.DATA)
    return json.loads(printed.stdout)


def measure(rounds, seconds, engine):
    """Images per second of every round: {norm: {"normscope": [..], "pytorch": [..]}}, together."""
    loader = pytorch_loader()
    speeds = {norm: {"normscope": [], "pytorch": []} for norm in NORMS}
    together = []
    for _ in range(rounds):
        ours = program_speeds(seconds, engine)
        together.append(ours["together"])
        for norm in NORMS:
            speeds[norm]["normscope"].append(ours[norm])
            speeds[norm]["pytorch"].append(pytorch_speed(norm, loader, seconds))
    return speeds, together


@contextlib.contextmanager
def busy_process():
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def summary(speeds, together):
    """Medians, their ratios, and how far the rounds lay apart."""
    result = {}
    for norm, programs in speeds.items():
        medians = {name: statistics.median(values) for name, values in programs.items()}
        ratios = [ours / theirs
                  for ours, theirs in zip(programs["normscope"], programs["pytorch"], strict=True)]
        result[norm] = {**medians, "ratio": statistics.median(ratios),
                        "lowest_ratio": min(ratios), "highest_ratio": max(ratios)}
    pytorch = statistics.mean(row["pytorch"] for row in result.values())
    return {"cores": torch.get_num_threads(), "models": result,
            "normscope_together": statistics.median(together),
            "ratio_together": statistics.median(together) / pytorch}


def print_table(result):
    print(f"Training images per second, {result['cores']} cores, batch {BATCH}")
    print(f"{'':8}{'normscope':>11}{'PyTorch':>11}{'ratio':>8}{'from':>8}{'to':>8}")
    for norm, row in result["models"].items():
        print(f"{norm:8}{row['normscope']:11.0f}{row['pytorch']:11.0f}{row['ratio']:8.2f}"
              f"{row['lowest_ratio']:8.2f}{row['highest_ratio']:8.2f}")
    print(f"together{result['normscope_together']:11.0f}{'':11}{result['ratio_together']:8.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each measurement")
    parser.add_argument("--engine", default="kernel", choices=("kernel", "torch"))
    parser.add_argument("--busy", action="store_true", help="another process computes meanwhile")
    parser.add_argument("--json", help="file for the result as JSON; default standard output")
    options = parser.parse_args()
    torch.set_num_threads(len(os.sched_getaffinity(0)))  # as many as the program takes
    with busy_process() if options.busy else contextlib.nullcontext():
        result = summary(*measure(options.rounds, options.seconds, options.engine))
    print_table(result)
    text = json.dumps(result, indent=2)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
