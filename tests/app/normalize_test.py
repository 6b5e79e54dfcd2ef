#!/usr/bin/env python3
"""The command that normalizes a file of cells, held against PyTorch, and its workbook, recomputed
by LibreOffice."""

import json
import struct
import unittest
import xml.etree.ElementTree as ElementTree

import torch
import torch.nn.functional as F

import support
import workbook

NORMS = ("batch", "layer", "group", "instance")
SUFFIXES = (".json", ".csv", ".xlsx", ".png", ".svg")
EPS = 1e-3


def random_tensor(*shape, seed=1):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64) * 3 + 1


def by_torch(x, norm, groups, eps, gamma, beta):
    """The output of the function that defines the norm, in training mode."""
    if norm == "batch":
        return F.batch_norm(x, None, None, gamma, beta, training=True, eps=eps)
    if norm == "instance":
        return F.instance_norm(x, weight=gamma, bias=beta, eps=eps)
    return F.group_norm(x, 1 if norm == "layer" else groups, gamma, beta, eps)


def sets_of(x, norm, groups):
    """(image, channels, cells) of each statistics set, in the order of the program."""
    channels = range(x.shape[1])
    if norm == "batch":
        return [(None, [c], x[:, c]) for c in channels]
    per_group = len(channels) // {"layer": 1, "group": groups, "instance": len(channels)}[norm]
    return [(n, list(channels[c:c + per_group]), x[n, c:c + per_group])
            for n in range(x.shape[0]) for c in channels[::per_group]]


def numbers(values):
    return ",".join(repr(float(value)) for value in values)


class NormalizeTest(support.ProgramTest):
    def write_cells(self, x, name="cells.csv"):
        path = self.folder / name
        path.write_text(numbers(x.flatten()).replace(",", "\n") + "\n", "ascii")
        return path

    def normalize(self, x, norm, suffix, *options):
        """Runs the command on this tensor and returns the file that it wrote."""
        out = self.folder / f"out{suffix}"
        out.unlink(missing_ok=True)
        done = support.run_program(
            "normalize", "--input", self.write_cells(x), "--norm", norm,
            "--shape", ",".join(map(str, x.shape)), "--out", out, *options)
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        return out

    def assert_close(self, found, expected, tolerance=1e-9):
        found = torch.as_tensor(found, dtype=torch.float64)
        self.assertEqual(found.shape, expected.shape)
        self.assertLess((found - expected).abs().max().item(), tolerance)


class Numbers(NormalizeTest):
    def test_are_those_of_torch(self):
        for seed, shape in enumerate([(4, 6, 3, 3), (1, 4, 5, 2), (3, 2, 1, 1), (5, 8, 1, 7)]):
            x = random_tensor(*shape, seed=seed)
            gamma = random_tensor(shape[1], seed=10)
            beta = random_tensor(shape[1], seed=20)
            for norm in NORMS:
                if norm == "instance" and shape[2:] == (1, 1):
                    continue  # torch refuses it, and so do we
                with self.subTest(norm=norm, shape=shape):
                    result = json.loads(self.normalize(
                        x, norm, ".json", "--groups", 2, "--eps", EPS, "--gamma", numbers(gamma),
                        "--beta", numbers(beta)).read_text("ascii"))
                    y = by_torch(x, norm, 2, EPS, gamma, beta)
                    x_hat = by_torch(x, norm, 2, EPS, None, None)
                    self.assertEqual(result["shape"], list(shape))
                    self.assertEqual(result["norm"], norm)
                    self.assertEqual(result["eps"], EPS)
                    self.assertEqual(result["groups"], {"layer": 1, "group": 2}.get(norm, shape[1]))
                    self.assertEqual(result["input"], x.flatten().tolist(), "exactly")
                    self.assertEqual(result["gamma"], gamma.tolist())
                    self.assertEqual(result["beta"], beta.tolist())
                    self.assert_close(result["normalized"], x_hat.flatten())
                    self.assert_close(result["output"], y.flatten())
                    self.check_statistics(result["statistics"], sets_of(x, norm, 2))

    def check_statistics(self, found, expected):
        self.assertEqual([(s["image"], s["channels"], s["count"]) for s in found],
                         [(image, channels, cells.numel()) for image, channels, cells in expected])
        for line, (_, _, cells) in zip(found, expected):
            self.assertAlmostEqual(line["mean"], cells.mean().item(), delta=1e-9)
            self.assertAlmostEqual(line["variance"], cells.var(unbiased=False).item(), delta=1e-9)

    def test_defaults(self):
        x = random_tensor(2, 4, 2, 2)
        result = json.loads(self.normalize(x, "group", ".json").read_text("ascii"))
        self.assertEqual((result["groups"], result["eps"]), (2, 1e-5))
        self.assertEqual((result["gamma"], result["beta"]), ([1.0] * 4, [0.0] * 4))

    def test_groups_count_under_group_norm_alone(self):
        x = random_tensor(2, 4, 2, 2)
        for norm in ("batch", "layer", "instance"):
            self.normalize(x, norm, ".json", "--groups", 3)

    def test_csv_holds_the_output_and_can_be_the_input(self):
        x = random_tensor(2, 3, 2, 4)
        result = json.loads(self.normalize(x, "layer", ".json").read_text("ascii"))
        text = self.normalize(x, "layer", ".csv").read_text("ascii")
        values = [float(piece) for piece in text.replace("\n", ",").split(",") if piece]
        self.assertEqual(values, result["output"], "exactly")
        blocks = text.strip().split("\n\n")
        self.assertEqual([len(block.split("\n")) for block in blocks], [2] * 6)
        again = self.folder / "again.csv"
        support.run_program("normalize", "--input", self.folder / "out.csv", "--shape", "2,3,2,4",
                            "--norm", "batch", "--out", again)
        self.assertTrue(again.exists())

    def test_takes_large_tensors(self):
        x = random_tensor(32, 32, 28, 28)
        result = json.loads(self.normalize(x, "group", ".json", "--groups", 8).read_text("ascii"))
        self.assert_close(result["output"],
                          by_torch(x, "group", 8, 1e-5, None, None).flatten())

    def test_pictures(self):
        x = random_tensor(2, 3, 2, 2)
        png = self.normalize(x, "batch", ".png").read_bytes()
        self.assertEqual(png[:8], b"\x89PNG\r\n\x1a\n")
        self.assertGreater(min(struct.unpack(">II", png[16:24])), 200)
        self.assertGreater(len(png), 5_000, "a picture with nothing on it")
        svg = ElementTree.parse(self.normalize(x, "batch", ".svg")).getroot()
        self.assertEqual(svg.tag, "{http://www.w3.org/2000/svg}svg")
        self.assertGreater(sum(1 for _ in svg.iter()), 50, "a picture with nothing on it")


class Refusals(NormalizeTest):
    """Each is one plain line and leaves no file."""

    def refuse(self, *, status=2, names="", cells="1,2,3,4,5,6,7,8", suffix=".json", **options):
        path = self.folder / "wrong.csv"
        if isinstance(cells, bytes):
            path.write_bytes(cells)
        elif cells is not None:
            path.write_text(cells, "utf-8")
        given = {"input": path, "shape": "1,4,1,2", "norm": "batch",
                 "out": self.folder / f"never{suffix}"} | options
        arguments = [word for name, value in given.items() if value is not None
                     for word in (f"--{name}", value)]
        before = set(self.folder.iterdir())
        line = self.refused("normalize", *arguments, status=status, names=names)
        self.assertEqual(set(self.folder.iterdir()), before, "something was written")
        return line

    def test_cells(self):
        for cells in ("", "\n\n", "1,2,3,4,5,6,7", "1,2,3,4,5,6,7,8,9", "1,2,3,4,5,6,7,x",
                      "1,2,3,4,,6,7,8", "1,2,3,4,5,6,7,8,", "1,2,3,4,5,6,7,nan",
                      "1,2,3,4,5,6,7,inf", "1,2,3,4,5,6,7,-Infinity", "1;2;3;4;5;6;7;8",
                      "1,2,3,4,5,6,7,1e999", "\u22121,2,3,4,5,6,7,8", b"\xff\xfe\x00\x01" * 50,
                      "1e308,1e308,1e308,-1e308,1e308,1e308,1e308,1e308"):
            with self.subTest(cells=cells[:30]):
                self.refuse(cells=cells, names="wrong.csv")
        for suffix in SUFFIXES:
            with self.subTest(suffix=suffix):
                self.refuse(cells="1,2,3,4,5,6,7,x", suffix=suffix, names="wrong.csv")
        self.assertIn("line 3", self.refuse(cells="1,2,3,4\n\n5,6,seven,8"))

    def test_options(self):
        for names, wrong in {
                "--shape": ({"shape": shape} for shape in (
                    "", "4", "1,4,1", "1,4,1,2,1", "0,4,1,2", "1,-4,1,2", "1,4,1.5,2", "a,b,c,d",
                    "1,4,1,", "99999,99999,99999,99999", "1,1,1,10000001",
                    "1,1,1,99999999999999999999")),
                "--norm": ({"norm": norm} for norm in ("", "none", "Batch", "weight", None)),
                "--eps": ({"eps": eps} for eps in ("0", "-1e-5", "nan", "inf", "", "small", "1,5")),
                "--gamma": ({"gamma": gamma} for gamma in (
                    "", "1", "1,2,3", "1,2,3,4,5", "1,2,3,x", "1,2,,4", "1,2,3,nan", "1,2,3,inf")),
                "--beta": ({"beta": beta} for beta in ("", "0,0,0", "0,0,0,x", "0,0,0,0,0")),
                "--groups": ({"norm": "group", "groups": groups}
                             for groups in ("0", "-2", "3", "8", "1.5", "two", "")),
                "--out": ({"out": out} for out in ("", "x", "x.txt", "x.pdf", "json", None)),
                "--input": ({"input": path} for path in ("", None)),
        }.items():
            for options in wrong:
                with self.subTest(**options):
                    self.refuse(names=names, **options)
        with self.subTest("the default number of groups"):
            self.refuse(norm="group", shape="1,1,4,2", names="--groups")

    def test_missing_and_unreadable_files_are_failures(self):
        nowhere = self.folder / "nowhere"
        self.refuse(status=1, cells=None, input=nowhere / "cells.csv", names=nowhere)
        self.refuse(status=1, input=self.folder, names=self.folder)
        for suffix in SUFFIXES:
            with self.subTest(suffix=suffix):
                self.refuse(status=1, out=nowhere / f"x{suffix}", names=nowhere)

    def test_a_failure_keeps_the_file_of_before(self):
        out = self.folder / "kept.json"
        out.write_text("before")
        self.refuse(out=out, cells="1,2,3")
        self.assertEqual(out.read_text(), "before")
        out.unlink()

    def test_workbooks_that_no_spreadsheet_opens(self):
        self.refuse(suffix=".xlsx", shape="32,32,28,28", names=".json or .csv")
        self.refuse(suffix=".xlsx", shape="1,1,1,20000", names="columns")

    def test_what_pytorch_refuses(self):
        for shape in ((1, 1, 1, 1), (1, 4, 1, 1), (2, 4, 1, 1), (2, 1, 1, 1), (1, 2, 1, 1),
                      (1, 1, 1, 2), (4, 1, 1, 1)):
            x = random_tensor(*shape)
            for norm in NORMS:
                for groups in {1, shape[1]}:
                    try:
                        by_torch(x, norm, groups, EPS, None, None)
                        refuses = False
                    except ValueError:
                        refuses = True
                    with self.subTest(shape=shape, norm=norm, groups=groups):
                        if refuses:
                            self.refuse(shape=",".join(map(str, shape)), norm=norm, groups=groups,
                                        cells=numbers(x.flatten()), names="PyTorch")
                        else:
                            self.normalize(x, norm, ".json", "--groups", groups)


class Workbook(NormalizeTest):
    X = random_tensor(3, 4, 2, 3)
    GAMMA = torch.tensor([1.0, 0.5, -2.0, 3.0], dtype=torch.float64)
    BETA = torch.tensor([0.0, 1.0, 0.25, -1.0], dtype=torch.float64)

    def workbook(self, norm, x=X):
        return workbook.Workbook(self.normalize(
            x, norm, ".xlsx", "--groups", 2, "--eps", EPS, "--gamma", numbers(self.GAMMA),
            "--beta", numbers(self.BETA)))

    def recompute(self, book):
        return book.recomputed(self.folder)

    def check(self, book, norm, x, eps, gamma, beta):
        """The numbers of all sheets are those of torch."""
        y = by_torch(x, norm, 2, eps, gamma, beta)
        x_hat = by_torch(x, norm, 2, eps, None, None)
        self.assert_close(book.tensor("Input", x.shape), x)
        self.assert_close(book.tensor("Normalized", x.shape), x_hat)
        self.assert_close(book.tensor("Output", x.shape), y)
        lines = book.table("Statistics", "Set")
        sets = sets_of(x, norm, 2)
        self.assertEqual(lines["Set"], [f"S{i + 1}" for i in range(len(sets))])
        self.assertEqual(lines["Count"], [cells.numel() for _, _, cells in sets])
        mean = torch.stack([cells.mean() for _, _, cells in sets])
        variance = torch.stack([cells.var(unbiased=False) for _, _, cells in sets])
        self.assert_close(lines["Mean"], mean)
        self.assert_close(lines["Variance"], variance)
        self.assert_close(lines["√(variance + ε)"], (variance + eps).sqrt())

    def test_values_beside_the_formulas(self):
        for norm in NORMS:
            with self.subTest(norm=norm):
                book = self.workbook(norm)
                self.assertEqual(book.names(), ["Input", "Statistics", "Normalized", "Output",
                                                "Worksheet"])
                self.check(book, norm, self.X, EPS, self.GAMMA, self.BETA)
                formulas = " ".join(book.formulas("Statistics"))
                self.assertIn("AVERAGE(", formulas)
                self.assertIn("_xlfn.VAR.P(", formulas)
                cells = self.X.numel()
                self.assertEqual(len(book.formulas("Normalized")), cells)
                self.assertEqual(len(book.formulas("Output")), cells)
                self.assertEqual(len(book.formulas("Input")), 0)
                self.assertFalse(book.is_protected())

    def test_is_recomputed_by_libreoffice(self):
        changed = self.X.clone()
        changed[1, 2, 1, 0] = 40.0
        gamma, beta = self.GAMMA.clone(), self.BETA.clone()
        gamma[1], beta[3] = 7.5, -4.25
        for norm in NORMS:
            with self.subTest(norm=norm):
                book = self.workbook(norm)
                book.forget_values()
                self.check(self.recompute(book), norm, self.X, EPS, self.GAMMA, self.BETA)

                book.set_value("Input", book.tensor_places("Input", self.X.shape)[1][2][1][0], 40.0)
                book.set_value("Statistics", book.right_of("Statistics", "epsilon"), 0.25)
                book.set_value("Statistics", book.below("Statistics", "gamma", 1), 7.5)
                book.set_value("Statistics", book.below("Statistics", "beta", 3), -4.25)
                self.check(self.recompute(book), norm, changed, 0.25, gamma, beta)

    def test_worksheet_checks_the_answers(self):
        book = self.workbook("group")
        x_hat = by_torch(self.X, "group", 2, EPS, None, None).flatten()
        y = by_torch(self.X, "group", 2, EPS, self.GAMMA, self.BETA).flatten()
        sets = [cells for _, _, cells in sets_of(self.X, "group", 2)]
        answers = {("Channels", "Mean"): [cells.mean() for cells in sets],
                   ("Channels", "Variance"): [cells.var(unbiased=False) for cells in sets],
                   ("Channel", "x̂"): x_hat, ("Channel", "y"): y}
        # Two decimals are enough; what is further off, or no number, is wrong.
        spoil = [lambda value: round(value, 2), lambda value: round(value, 2) + 0.02,
                 lambda value: None, lambda value: "don't know", lambda value: value]
        verdicts = ["right", "wrong", "", "wrong", "right"]

        for (table, column), values in answers.items():
            self.assertEqual(book.table("Worksheet", table)[column], [None] * len(values))
            for i, value in enumerate(values):
                place = book.table_place("Worksheet", table, column, i)
                book.set_value("Worksheet", place, spoil[i % 5](float(value)))
        book.forget_values()
        done = self.recompute(book)
        for (table, column), values in answers.items():
            with self.subTest(column=column):
                checks = done.table("Worksheet", table)[f"{column} Check"]
                self.assertEqual([check or "" for check in checks],
                                 [verdicts[i % 5] for i in range(len(values))])
        board = done.table("Worksheet", "Channel")
        self.assert_close(board["x"], self.X.flatten())
        self.assertEqual(board["gamma"][:7], [1.0] * 6 + [0.5])

    def test_a_variance_divided_by_one_less_is_wrong(self):
        book = self.workbook("instance")
        for i, (_, _, cells) in enumerate(sets_of(self.X, "instance", 2)):
            book.set_value("Worksheet", book.table_place("Worksheet", "Channels", "Variance", i),
                           cells.var(unbiased=True).item())
        book.forget_values()
        checks = self.recompute(book).table("Worksheet", "Channels")["Variance Check"]
        self.assertEqual(set(checks), {"wrong"})


if __name__ == "__main__":
    unittest.main()
