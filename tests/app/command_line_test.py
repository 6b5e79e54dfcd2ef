#!/usr/bin/env python3
"""What the program says to right and wrong commands, with no display."""

import json
import os
import pty
import re
import shutil
import struct
import subprocess
import unittest

import support

SUBCOMMANDS = ("train", "evaluate", "network", "normalize", "render", "benchmark")


class Help(support.ProgramTest):
    def test_names_every_subcommand(self):
        printed = support.run_program("--help")
        for subcommand in SUBCOMMANDS:
            self.assertRegex(printed.stdout, rf"(?m)^\s*(normscope )?{subcommand}\b")
        self.assertEqual(printed.stderr, "")

    def test_of_each_subcommand(self):
        for subcommand in SUBCOMMANDS:
            with self.subTest(subcommand=subcommand):
                printed = support.run_program(subcommand, "--help")
                self.assertIn(f"normscope {subcommand}", printed.stdout)
                self.assertIn("--", printed.stdout)
                self.assertEqual(printed.stderr, "")

    def test_version(self):
        printed = support.run_program("--version")
        self.assertRegex(printed.stdout, r"^(?i:normscope) \d+\.\d+\.\d+\n$")
        self.assertEqual(printed.stderr, "")


class FullDisk(support.ProgramTest):
    def test_behind_standard_output_is_no_success(self):
        for arguments in (("network", "--norm", "batch"), ("network", "--help"), ("--help",),
                          ("--version",)):
            with self.subTest(arguments=arguments), open("/dev/full", "wb") as full:
                done = subprocess.run([support.PROGRAM, *arguments], env=support.environment(),
                                      stdout=full, stderr=subprocess.PIPE, encoding="utf-8",
                                      timeout=support.PATIENCE, check=False)
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
                # The reason is in the language of the machine.
                self.assertRegex(done.stderr, r"Cannot write to standard output: \S.+\.\n")


class WrongUsage(support.ProgramTest):
    def wrong(self, *arguments, names):
        self.refused(*arguments, status=2, names=names)

    def test_of_the_program(self):
        self.wrong("frobnicate", names="frobnicate")
        self.wrong("--frobnicate", names="frobnicate")

    def test_unknown_options_and_words_too_many(self):
        for subcommand in SUBCOMMANDS:
            with self.subTest(subcommand=subcommand):
                self.wrong(subcommand, "--frobnicate", names="frobnicate")
                self.wrong(subcommand, "spare", names="spare")

    def test_of_train(self):
        out = self.folder / "never"
        for option, values in {
                "--norms": ("", "batch,", "batch,foo", "Batch"),
                "--model": ("a", "a=", "=batch", "a=foo", "../a=batch", "a/b=batch", ".=batch",
                            "a=group:groups=5", "a=group:groups=2,2", "a=group:groups=0",
                            "a=group:size=3", "a=batch:l1=much"),
                "--epochs": ("0", "-1", "1.5", "many", "", "99999999999999999999"),
                "--batch-size": ("0", "-64", "x"),
                "--learning-rate": ("0", "-0.1", "nan", "inf", "fast", "0,05", "0.05x"),
                "--l1": ("batch", "batch=", "batch=-1", "batch=nan", "nobody=1e-4", "1e-4"),
                "--augment": ("spin", ""),
                "--seed": ("-1", "x", "1.5"),
                "--threads": ("0", "-1", "two"),
                "--engine": ("abacus", ""),
                "--train-limit": ("0", "-5", "all"),
                "--more-epochs": ("0", "-1", "x"),
        }.items():
            for value in values:
                with self.subTest(option=option, value=value):
                    self.wrong("train", f"{option}={value}", "--out", out, names=option)
                    self.assertFalse(out.exists())
        self.wrong("train", names="--out")
        self.wrong("train", "--epochs", names="epochs")
        self.wrong("train", "--norms", "batch,batch", "--out", out, names="batch")
        self.wrong("train", "--model", "A=batch", "--model", "a=layer", "--out", out, names="a")

    def test_of_evaluate(self):
        self.wrong("evaluate", "--norm", "batch", names="--model")
        self.wrong("evaluate", "--model", "model.pt", names="--norm")
        self.wrong("evaluate", "--model", "model.pt", "--norm", "foo", names="--norm")
        self.wrong("evaluate", "--model", "model.pt", "--norm", "group", "--groups", "7",
                   names="--groups")

    def test_of_network(self):
        self.wrong("network", "--norm", "foo", names="--norm")
        self.wrong("network", "--norm", "group", "--groups", "2,2,2,2,3", names="--groups")

    def test_of_render(self):
        out = self.folder / "never.png"
        for option, value in (("--page", "nosuch"), ("--size", "0x0"), ("--size", "1600"),
                              ("--size", "axb"), ("--size", "-1x5"), ("--size", "1x2x3"),
                              ("--size", "999999x999999")):
            with self.subTest(option=option, value=value):
                page = () if option == "--page" else ("--page", "train")
                self.wrong("render", *page, f"{option}={value}", "--out", out, names=option)
        self.wrong("render", "--page", "train", names="--out")
        self.wrong("render", "--out", out, names="--page")
        self.assertFalse(out.exists())

    def test_of_benchmark(self):
        for option, value in (("--seconds", "0"), ("--seconds", "-1"), ("--seconds", "nan"),
                              ("--seconds", "x"), ("--norms", "foo"), ("--engine", "abacus")):
            with self.subTest(option=option, value=value):
                self.wrong("benchmark", f"{option}={value}", names=option)


class Network(support.ProgramTest):
    def test_layer_table(self):
        for norm, module in (("batch", "BatchNorm2d"), ("layer", "GroupNorm"),
                             ("group", "GroupNorm"), ("instance", "InstanceNorm2d")):
            with self.subTest(norm=norm):
                table = support.run_program("network", "--norm", norm).stdout
                self.assertEqual(len(re.findall(rf"\b{module}", table)), 6)
                self.assertEqual(len(re.findall(r"\bConv2d", table)), 9)
                self.assertRegex(table, r"7[,]?767\b")
                self.assertRegex(table, r"\b8, 26, 26\]")
        self.assertRegex(support.run_program("network", "--norm", "none").stdout, r"7[,]?611\b")

    def test_groups_do_not_change_the_count(self):
        table = support.run_program("network", "--norm", "group", "--groups", "4,4,3,8,5,1").stdout
        self.assertRegex(table, r"7[,]?767\b")


class Progress(support.SmallDataTest):
    def test_is_lines_when_nobody_watches(self):
        done = support.run_program(*support.train_options(self.data, norms="batch"),
                                   "--out", self.folder / "lines")
        self.assertNotRegex(done.stderr, r"[\r\x1b]")
        self.assertGreaterEqual(done.stderr.count("\n"), 2)
        self.assertIn("batch", done.stderr)

    def test_is_a_bar_on_a_terminal(self):
        ours, theirs = pty.openpty()
        command = [support.PROGRAM,
                   *map(str, support.train_options(self.data, norms="batch")),
                   "--out", str(self.folder / "bar")]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs,
                              env={**support.environment(), "TERM": "xterm"}) as process:
            os.close(theirs)
            written = b""
            try:
                while piece := os.read(ours, 4096):
                    written += piece
            except OSError:  # how Linux reports that the other side of a terminal is closed
                pass
            os.close(ours)
        self.assertEqual(process.returncode, 0, written)
        self.assertIn(b"\x1b[", written, "it never goes back to draw the bar again")
        self.assertIn(b"batch", written)


class Render(support.SmallDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = cls.train("run")

    def picture(self, name, *options, page="train"):
        """The bytes of the PNG, which must have the size asked for."""
        out = self.folder / name
        support.run_program("render", "--page", page, "--size", "1600x1000", *options,
                            "--out", out)
        content = out.read_bytes()
        self.assertEqual(content[:8], b"\x89PNG\r\n\x1a\n")
        self.assertEqual(struct.unpack(">II", content[16:24]), (1600, 1000))
        return content

    def test_shows_every_page(self):
        """With this run, and without one as at the first start."""
        pages = ("train", "normalize", "affine", "misclassified", "findings")
        pictures = set()
        for page in pages:
            with self.subTest(page=page):
                first = self.picture(f"{page}.png", page=page)
                shown = self.picture(f"{page}-run.png", "--run", self.results, page=page)
                self.assertGreater(min(len(first), len(shown)), 100_000, "there is little on it")
                pictures |= {first, shown}
        self.assertEqual(len(pictures), 2 * len(pages), "some look the same")

    def test_a_run_without_its_model_is_refused(self):
        run = self.folder / "without models"
        shutil.copytree(self.results, run, ignore=shutil.ignore_patterns("model.pt"))
        for page in ("normalize", "affine"):
            with self.subTest(page=page):
                self.refused("render", "--page", page, "--run", run,
                             "--out", self.folder / "x.png", status=1, names="model.pt")

    def test_failures_name_the_file(self):
        nowhere = self.folder / "nowhere"
        self.refused("render", "--page", "train", "--run", nowhere,
                     "--out", self.folder / "x.png", status=1, names=nowhere)
        self.refused("render", "--page", "train", "--out", nowhere / "x.png", status=1,
                     names=f"{nowhere / 'x.png'} could not be written: ")


class Benchmark(support.ProgramTest):
    def test_prints_images_per_second(self):
        done = support.run_program("benchmark", "--seconds", "0.2", "--norms", "batch,layer,group")
        speeds = json.loads(done.stdout)
        self.assertEqual(list(speeds), ["batch", "layer", "group", "together"])
        for name, speed in speeds.items():
            self.assertGreater(speed, 0, name)


if __name__ == "__main__":
    unittest.main()
