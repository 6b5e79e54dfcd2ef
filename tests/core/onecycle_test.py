#!/usr/bin/env python3
"""The one-cycle schedule is PyTorch's. The argument is a program that prints ours:

print_schedule TOTAL_STEPS PEAK writes "learning_rate momentum" for each mini-batch.
"""

import subprocess
import sys
import unittest
import warnings

import torch

PRINT_SCHEDULE = sys.argv.pop(1)


def ours(total, peak):
    printed = subprocess.run([PRINT_SCHEDULE, str(total), repr(peak)], text=True,
                             capture_output=True, check=True).stdout
    return [tuple(map(float, line.split())) for line in printed.splitlines()]


def pytorchs(total, peak):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=peak, momentum=0.9)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=peak, total_steps=total)
    values = []
    for step in range(total):
        group = optimizer.param_groups[0]
        values.append((group["lr"], group["momentum"]))
        optimizer.step()
        if step + 1 < total:
            schedule.step()
    return values


class OneCycle(unittest.TestCase):
    def test_equals_pytorch(self):
        for total in (1, 2, 3, 4, 5, 7, 10, 20, 313, 938, 4690):
            for peak in (0.05, 1.0):
                with self.subTest(total=total, peak=peak):
                    expected = pytorchs(total, peak)
                    found = ours(total, peak)
                    self.assertEqual(len(found), total)
                    for step, pairs in enumerate(zip(found, expected)):
                        for mine, theirs in zip(*pairs):
                            self.assertLessEqual(abs(mine - theirs), 1e-12 * theirs,
                                                 f"step {step}: {pairs}")


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        unittest.main()
