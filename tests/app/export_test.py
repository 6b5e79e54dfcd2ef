#!/usr/bin/env python3
"""What `normscope export` writes, held against the run folder by other readers of its formats."""

import base64
import csv
import html.parser
import json
import math
import re
import shutil
import struct
import subprocess
import unittest
from xml.etree import ElementTree

from support import (SmallDataTest, comparison_of, epochs_of, files_of, models_of, predictions_of,
                     run_program, steps_of, write_subset)

LABELS = ("batch", "layer", "group")
CURVES = {"training-loss", "test-loss", "training-accuracy", "test-accuracy"}
SUMMARIES = {"wrong", "last-epochs", "accuracy-per-digit"}
PICTURES = {".png", ".svg", ".pdf"}
INSIDE = {f"inside-norm-layer-{layer}" for layer in range(1, 7)}
CHART_FILES = ({name + suffix for name in CURVES | SUMMARIES for suffix in PICTURES | {".csv"}} |
               {name + suffix for name in INSIDE for suffix in PICTURES})
GALLERIES = {f"misread-{label}-{size}" for label in LABELS for size in ("5x2", "5x4")}
SHARED = {"confusion", "between-models", "training-history"}
GALLERY_FILES = ({name + suffix for name in GALLERIES | SHARED for suffix in PICTURES} |
                 {"misread.csv"})
# Three sheets, four curves, six norm layers, three galleries, what these share, three summaries.
REPORT_PICTURES = 22
NOTES = "Group norm <b>& co</b> | *surprised* us.\nTwice."


def png_size(content):
    if content[:8] != b"\x89PNG\r\n\x1a\n":
        raise AssertionError("no PNG")
    return struct.unpack(">II", content[16:24])


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def pdf_text(path):
    """The text of all pages, each with a form feed behind it; ligatures as two letters."""
    text = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True,
                          text=True, encoding="utf-8").stdout
    return text.replace("\ufb01", "fi").replace("\ufb02", "fl")


class Page(html.parser.HTMLParser):
    """The tables and pictures of an HTML page; every tag must be closed in its turn."""

    VOID = {"meta", "img", "link", "br"}

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.rows = []
        self.sources = []
        self.links = []
        self.headings = []
        self.text = ""
        self.feed(text)
        self.close()
        if self.open:
            raise AssertionError(f"not closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if len(attributes) != len(attrs):
            raise AssertionError(f"an attribute twice in {attrs}")
        self.links += [value for name, value in attrs if name in ("href", "srcset", "action")]
        if tag == "img":
            self.sources.append(attributes["src"])
            if not attributes.get("alt"):
                raise AssertionError("a picture without a text in its place")
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "h2":
            self.headings.append("")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            raise AssertionError(f"</{tag}> closes nothing")

    def handle_data(self, data):
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data
        if self.open and self.open[-1] == "h2":
            self.headings[-1] += data
        if "style" not in self.open:
            self.text += data

    def row(self, title):
        """The cells behind the first one, which is `title`."""
        return next(row[1:] for row in self.rows if row[0] == title)


class ExportTest(SmallDataTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.run_folder = cls.train("run")
        comparison = comparison_of(cls.run_folder)
        comparison["notes"] = NOTES
        (cls.run_folder / "comparison.json").write_text(json.dumps(comparison), "utf-8")

    def export(self, *options, run=None, name=None):
        out = self.folder / (name or self.id())
        done = run_program("export", "--run", run or self.run_folder, *options, "--out", out)
        self.assertEqual(done.stdout, "")
        self.told = done.stderr.splitlines()
        return out

    def copy_of_run(self):
        copy = self.folder / (self.id() + ".run")
        shutil.copytree(self.run_folder, copy)
        return copy


class Files(ExportTest):
    def test_charts_and_galleries_unless_told_otherwise(self):
        out = self.export()
        self.assertEqual(set(map(str, files_of(out))), CHART_FILES | GALLERY_FILES)
        self.assertEqual(self.told, [])

    def test_what_was_asked_for(self):
        for options, files in {
                ("--charts",): CHART_FILES, ("--galleries",): GALLERY_FILES,
                ("--report", "html"): {"report.html"}, ("--report", "pdf"): {"report.pdf"},
                ("--charts", "--report", "html"): CHART_FILES | {"report.html"}}.items():
            with self.subTest(options=options):
                out = self.export(*options, name="asked-" + "".join(options))
                self.assertEqual(set(map(str, files_of(out))), files)

    def test_pictures_are_what_their_names_say(self):
        out = self.export()
        for path in out.iterdir():
            with self.subTest(path=path.name):
                if path.suffix == ".png":
                    # Two dots for each pixel that the vector formats are large.
                    svg = ElementTree.parse(path.with_suffix(".svg")).getroot()
                    _, _, width, height = map(float, svg.get("viewBox").split())
                    self.assertEqual(png_size(path.read_bytes()), (2 * width, 2 * height))
                elif path.suffix == ".pdf":
                    self.assertEqual(pdf_text(path).count("\f"), 1, "not one page")

    def test_other_files_are_left_alone_and_own_ones_replaced(self):
        out = self.folder / self.id()
        out.mkdir()
        (out / "misread.csv").write_text("old")
        (out / "mine.txt").write_text("mine")
        self.export("--galleries")
        self.assertEqual(set(map(str, files_of(out))), GALLERY_FILES | {"mine.txt"})
        self.assertEqual((out / "mine.txt").read_text(), "mine")
        self.assertNotEqual((out / "misread.csv").read_text(), "old")

    def test_the_run_is_left_alone(self):
        before = files_of(self.run_folder)
        self.export("--charts", "--galleries", "--report", "html")
        self.assertEqual(files_of(self.run_folder), before)


class Numbers(ExportTest):
    def test_misread_digits_are_those_of_the_run(self):
        expected = [
            {"model": label, "index": row["index"], "label": row["label"],
             "predicted": row["predicted"], "probability_predicted": row["probability_predicted"],
             "probability_label": row["probability_label"]}
            for label in LABELS for row in predictions_of(self.run_folder / label)
            if row["label"] != row["predicted"]]
        found = [{name: text if name == "model" else float(text) for name, text in row.items()}
                 for row in rows_of(self.export("--galleries") / "misread.csv")]
        self.assertEqual(found, expected)
        self.assertGreater(len(found), 20)

    def test_galleries_show_the_surest_mistakes(self):
        out = self.export("--galleries")
        for label in LABELS:
            wrong = [row for row in predictions_of(self.run_folder / label)
                     if row["label"] != row["predicted"]]
            wrong.sort(key=lambda row: -row["probability_predicted"])
            for size, places in (("5x2", 10), ("5x4", 20)):
                with self.subTest(label=label, size=size):
                    text = pdf_text(out / f"misread-{label}-{size}.pdf")
                    self.assertIn(f"{len(wrong)} of {self.TEST} test digits misread", text)
                    self.assertIn(f"{min(places, len(wrong))} of {len(wrong)}, the surest first",
                                  text)
                    self.assertEqual(
                        re.findall(r"image (\d+)", text),
                        [str(int(row["index"]) + 1) for row in wrong[:places]])
                    self.assertEqual(
                        re.findall(r"true (\d), read (\d)", text),
                        [(str(int(row["label"])), str(int(row["predicted"])))
                         for row in wrong[:places]])

    def test_curves_are_those_of_the_run(self):
        out = self.export("--charts")
        for name, rows, x, y in (
                ("training-loss", steps_of, lambda row: row["step"] / self.STEPS, "loss"),
                ("training-accuracy", steps_of, lambda row: row["step"] / self.STEPS, "accuracy"),
                ("test-loss", epochs_of, lambda row: row["epoch"], "test_loss"),
                ("test-accuracy", epochs_of, lambda row: row["epoch"], "test_accuracy")):
            with self.subTest(chart=name):
                expected = [(label, x(row), row[y]) for label in LABELS
                            for row in rows(self.run_folder / label)]
                found = [(row["label"], float(row["epoch"]), float(row["value"]))
                         for row in rows_of(out / f"{name}.csv")]
                self.assertEqual([row[:2] for row in found], [row[:2] for row in expected])
                for (_, _, value), (_, _, wanted) in zip(found, expected):
                    self.assertTrue(math.isclose(value, wanted, rel_tol=1e-6))

    def test_summaries_are_those_of_the_run(self):
        out = self.export("--charts")
        wrong = {row["label"]: float(row["value"]) for row in rows_of(out / "wrong.csv")
                 if row["item"] == "wrong"}
        self.assertEqual(wrong, {label: model["wrong"]
                                 for label, model in models_of(self.run_folder).items()})
        digits = {(row["label"], int(row["item"])): float(row["value"])
                  for row in rows_of(out / "accuracy-per-digit.csv")}
        for label in LABELS:
            rows = predictions_of(self.run_folder / label)
            for digit in range(10):
                read = [row["predicted"] for row in rows if row["label"] == digit]
                share = sum(predicted == digit for predicted in read) / len(read)
                self.assertAlmostEqual(digits[label, digit], 100 * share)


class Report(ExportTest):
    """The numbers of comparison.json, the same in all three formats."""

    def facts(self):
        """What every report must say, as it says it where numbers have a decimal point."""
        comparison = comparison_of(self.run_folder)
        words = {comparison["dataset"]["checksum"], *LABELS, str(comparison["seed"]), "Twice.",
                 f"Trained with Normscope {comparison['versions']['normscope']} and LibTorch "
                 f"{comparison['versions']['libtorch']}."}
        for model in comparison["models"]:
            words |= {str(model["wrong"]), f"{100 * model['test_accuracy']:.2f} %",
                      f"{model['test_loss']:.4f}"}
        return words

    def test_html(self):
        path = self.export("--report", "html") / "report.html"
        page = Page(path.read_text("utf-8"))
        self.assertEqual(page.headings, [
            "What this is", "The network", "How each normalization works", "Learning curves",
            "Misread digits", "Findings", "Notes", "How to do it again"])
        self.assertEqual(page.links, [])
        self.assertEqual(len(page.sources), REPORT_PICTURES)
        for source in page.sources:
            self.assertTrue(source.startswith("data:image/png;base64,"))
            self.assertGreater(min(png_size(base64.b64decode(source.split(",")[1]))), 450)
        for fact in self.facts():
            self.assertIn(fact, page.text)
        models = comparison_of(self.run_folder)["models"]
        self.assertEqual(page.row("Wrong"), [str(model["wrong"]) for model in models])
        self.assertEqual(page.row("Test accuracy, last epoch"),
                         [f"{100 * model['test_accuracy']:.2f} %" for model in models])
        self.assertEqual(page.row("Test loss, last epoch"),
                         [f"{model['test_loss']:.4f}" for model in models])
        self.assertIn("Group norm <b>& co</b> | *surprised* us.", page.text)
        self.assertIn(comparison_of(self.run_folder)["command"], page.text)

    def test_markdown(self):
        out = self.export("--report", "md")
        text = (out / "report.md").read_text("utf-8")
        pictures = re.findall(r"!\[[^\]]*\]\(<([^>]+)>\)", text)
        self.assertEqual(len(pictures), REPORT_PICTURES)
        self.assertEqual(set(map(str, files_of(out))), {"report.md", *pictures})
        for picture in pictures:
            png_size((out / picture).read_bytes())
        for fact in self.facts():
            self.assertIn(fact, text)
        self.assertIn(comparison_of(self.run_folder)["command"], text)
        wrong = " | ".join(str(model["wrong"])
                           for model in comparison_of(self.run_folder)["models"])
        self.assertIn(f"| Wrong | {wrong} |\n", text)

    def test_pdf(self):
        path = self.export("--report", "pdf") / "report.pdf"
        text = pdf_text(path)
        pages = text.count("\f")
        self.assertGreater(pages, 5)
        for page in range(1, pages + 1):
            self.assertIn(f"Page {page} of {pages}", text)
        for fact in self.facts():
            self.assertIn(fact, text)
        models = comparison_of(self.run_folder)["models"]
        self.assertRegex(text, r"\n *Wrong +" + " +".join(str(m["wrong"]) for m in models) + "\n")
        # A command may be broken at the end of a line.
        self.assertIn(re.sub(r"\s", "", comparison_of(self.run_folder)["command"]),
                      re.sub(r"\s", "", text))
        self.assertIn("Group norm <b>& co</b> | *surprised* us.", text)


class Damage(ExportTest):
    def test_what_is_whole_is_exported_and_the_rest_is_told(self):
        run = self.copy_of_run()
        (run / "layer" / "predictions.csv").unlink()
        (run / "batch" / "steps.csv").write_text("step,epoch,loss,accuracy,l1_penalty\n1,1,x")
        out = self.export("--charts", "--galleries", "--report", "html", run=run)
        self.assertEqual(set(map(str, files_of(out))),
                         CHART_FILES | {"report.html"} |
                         {name for name in GALLERY_FILES if "layer" not in name})
        told = "\n".join(self.told)
        self.assertIn("steps.csv", told)
        self.assertIn('curves of "batch"', told)
        self.assertIn('gallery of "layer"', told)
        self.assertNotIn('"group"', told)
        Page((out / "report.html").read_text("utf-8"))
        self.assertEqual({row["label"] for row in rows_of(out / "training-loss.csv")},
                         {"layer", "group"})

    def test_nothing_to_export_is_a_failure(self):
        run = self.copy_of_run()
        for label in LABELS:
            shutil.rmtree(run / label)
        self.refused("export", "--run", run, "--out", self.folder / "never", status=1, names=run)
        self.assertFalse((self.folder / "never").exists())


class Refusals(ExportTest):
    def refuse(self, *arguments, status, names):
        before = files_of(self.folder)
        self.refused("export", *arguments, status=status, names=names)
        self.assertEqual(files_of(self.folder), before, "something was written")
        self.assertFalse((self.folder / "never").exists())

    def test_wrong_usage(self):
        never = self.folder / "never"
        run = self.run_folder
        for names, arguments in {
                "--run": ("--out", never), "--out": ("--run", run),
                "--report": ("--run", run, "--out", never, "--report", "doc"),
                "repo": ("--run", run, "--out", never, "--repo", "pdf"),
                "charts.png": ("--run", run, "--out", never, "charts.png")}.items():
            with self.subTest(names=names):
                self.refuse(*arguments, status=2, names=names)

    def test_failures(self):
        never = self.folder / "never"
        nowhere = self.folder / "nowhere"
        self.refuse("--run", nowhere, "--out", never, status=1, names=nowhere)
        self.refuse("--run", self.run_folder, "--out", never, "--data", nowhere, status=1,
                    names=nowhere)
        file = self.folder / "file"
        file.write_text("kept")
        self.refuse("--run", self.run_folder, "--out", file, status=1, names=file)

    def test_images_of_another_set(self):
        other = write_subset(self.folder / "other", 8, self.TEST)
        for options in (("--galleries",), ("--report", "pdf"), ()):
            with self.subTest(options=options):
                self.refuse("--run", self.run_folder, "--out", self.folder / "never", *options,
                            "--data", other, status=1, names="--data")

    def test_charts_need_no_images(self):
        run = self.copy_of_run()
        comparison = comparison_of(run)
        comparison["dataset"]["folder"] = "/nowhere"
        (run / "comparison.json").write_text(json.dumps(comparison), "utf-8")
        self.export("--charts", run=run)
        self.refuse("--run", run, "--out", self.folder / "never", "--galleries", status=1,
                    names="--data")
        self.export("--galleries", "--data", self.data, run=run)


if __name__ == "__main__":
    unittest.main()
