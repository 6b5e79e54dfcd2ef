#!/usr/bin/env python3
"""Data folders, good and bad: a bad one is refused with one sentence that names the file."""

import gzip
import shutil
import subprocess
import unittest

import support
from support import (TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS, idx_images, idx_labels)

TRAIN = 128
TEST = 64


class DataFolder(support.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = support.write_subset(cls.folder / "plain", TRAIN, TEST, packed=False)
        cls.packed = support.write_subset(cls.folder / "packed", TRAIN, TEST)
        _, cls.pixels = support.read_idx(TRAIN_IMAGES, TRAIN)
        _, cls.labels = support.read_idx(TRAIN_LABELS, TRAIN)

    def train(self, data, name):
        out = self.folder / name
        support.run_program(*support.train_options(data, epochs=1, norms="batch"), "--out", out)
        return out

    def changed(self, name, content, *, of=None):
        """A copy of a good folder in which one file has another content, or none."""
        folder = self.folder / "changed"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(of or self.plain, folder)
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content)
        return folder

    def bad(self, folder, name):
        out = self.folder / "never"
        try:
            self.refused(*support.train_options(folder, epochs=1), "--out", out, status=1,
                         names=name)
            self.assertFalse(out.exists(), "a run folder with no run in it")
        finally:
            shutil.rmtree(out, ignore_errors=True)


class Good(DataFolder):
    def test_packed_or_plain_makes_no_difference(self):
        plain, packed = self.train(self.plain, "run1"), self.train(self.packed, "run2")
        for file in ("steps.csv", "predictions.csv"):
            self.assertEqual((plain / "batch" / file).read_bytes(),
                             (packed / "batch" / file).read_bytes())
        ours, theirs = (support.comparison_of(run)["dataset"] for run in (plain, packed))
        self.assertEqual(ours["checksum"], theirs["checksum"])
        self.assertEqual((ours["train_total"], ours["test_total"]), (TRAIN, TEST))

    def test_other_images_have_another_checksum(self):
        swapped = bytes([255 - self.pixels[0]]) + self.pixels[1:]
        run = self.train(self.changed(TRAIN_IMAGES, idx_images(TRAIN, swapped)), "run3")
        self.assertNotEqual(support.comparison_of(run)["dataset"]["checksum"],
                            support.comparison_of(self.train(self.plain, "run4"))
                            ["dataset"]["checksum"])

    def test_the_bundled_data_need_no_option(self):
        out = self.folder / "bundled"
        support.run_program("train", "--norms", "none", "--epochs", 1, "--train-limit", 64,
                            "--out", out)
        dataset = support.comparison_of(out)["dataset"]
        self.assertEqual((dataset["train_total"], dataset["test_total"]), (60_000, 10_000))


class Bad(DataFolder):
    def test_folder(self):
        self.bad(self.folder / "nowhere", self.folder / "nowhere")
        self.bad(self.plain / TRAIN_LABELS, self.plain / TRAIN_LABELS)

    def test_each_file_is_missed(self):
        for name in (TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS):
            with self.subTest(name=name):
                self.bad(self.changed(name, None), name)

    def test_images(self):
        whole = idx_images(TRAIN, self.pixels)
        for what, content in {
                "empty": b"",
                "a header and a half": whole[:10],
                "cut short": whole[:-1],
                "a byte too long": whole + b"\0",
                "labels": idx_labels(TRAIN, self.labels),
                "another magic": idx_images(TRAIN, self.pixels, magic=0x804),
                "little-endian": whole[3::-1] + whole[4:],
                "more images than there are": idx_images(TRAIN + 1, self.pixels),
                "fewer images than there are": idx_images(TRAIN - 1, self.pixels),
                "no images": idx_images(0, b""),
                "four thousand million images": idx_images(0xFFFFFFFF, self.pixels),
                "images of another size": idx_images(TRAIN, bytes(TRAIN * 27 * 27), side=27),
                "images without end": idx_images(TRAIN, self.pixels, side=0xFFFFFFFF),
                "text": b"Dear reader, there are no digits here.\n" * 100,
        }.items():
            with self.subTest(what=what):
                self.bad(self.changed(TRAIN_IMAGES, content), TRAIN_IMAGES)

    def test_labels(self):
        for what, content in {
                "empty": b"",
                "cut short": idx_labels(TRAIN, self.labels[:-1]),
                "a byte too long": idx_labels(TRAIN, self.labels + b"\0"),
                "images": idx_images(TRAIN, self.pixels),
                "fewer than images": idx_labels(TRAIN - 1, self.labels[:-1]),
                "more than images": idx_labels(TRAIN + 1, self.labels + b"\0"),
                "ten": idx_labels(TRAIN, self.labels[:-1] + b"\x0a"),
                "255": idx_labels(TRAIN, b"\xff" + self.labels[1:]),
        }.items():
            with self.subTest(what=what):
                self.bad(self.changed(TRAIN_LABELS, content), TRAIN_LABELS)

    def test_gzip(self):
        name = f"{TEST_IMAGES}.gz"
        whole = (self.packed / name).read_bytes()
        unpacked = gzip.decompress(whole)
        middle = len(whole) // 2
        for what, content in {
                "cut short": whole[:middle],
                "cut in the header": whole[:5],
                "without its checksum": whole[:-8],
                "damaged": whole[:middle] + bytes(64) + whole[middle + 64:],
                "a wrong checksum": whole[:-8] + bytes(8),
                "text": b"Dear reader, this was never packed.\n",
                "far too much": gzip.compress(unpacked + bytes(64 << 20)),
        }.items():
            with self.subTest(what=what):
                self.bad(self.changed(name, content, of=self.packed), name)

    def test_a_folder_in_place_of_a_file(self):
        folder = self.changed(TEST_LABELS, None)
        (folder / TEST_LABELS).mkdir()
        self.bad(folder, TEST_LABELS)

    def test_evaluate_and_benchmark_refuse_it_too(self):
        folder = self.changed(TEST_LABELS, idx_labels(TEST, bytes([11] * TEST)))
        model = self.train(self.plain, "run5") / "batch" / "model.pt"
        self.refused("evaluate", "--model", model, "--norm", "batch", "--data", folder, status=1,
                     names=TEST_LABELS)
        self.refused("benchmark", "--seconds", "0.1", "--data", folder, status=1,
                     names=TEST_LABELS)


class NotBundled(DataFolder):
    """A program beside which there are no data."""

    def setUp(self):
        self.program = self.folder / "alone" / "bin" / "normscope"
        self.program.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(support.PROGRAM, self.program)
        self.out = self.folder / "page.png"
        self.addCleanup(self.out.unlink, missing_ok=True)

    def alone(self, *arguments):
        return subprocess.run([self.program, *map(str, arguments)], env=support.environment(),
                              text=True, encoding="utf-8", capture_output=True, timeout=900,
                              check=False)

    def test_what_needs_none_is_drawn(self):
        for options in ((), ("--run", self.train(self.plain, "run6"))):
            for page in ("train", "normalize"):
                with self.subTest(page=page, options=options):
                    done = self.alone("render", "--page", page, *options, "--out", self.out)
                    self.assertEqual((done.returncode, done.stderr), (0, ""))
                    self.assertGreater(self.out.stat().st_size, 5_000)
                    self.out.unlink()

    def test_what_needs_them_says_that_they_are_missing(self):
        done = self.alone("render", "--page", "affine", "--out", self.out)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "MNIST.* missing.*\\.\n$")
        self.assertFalse(self.out.exists())


if __name__ == "__main__":
    unittest.main()
