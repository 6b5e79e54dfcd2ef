"""Reads and changes Excel workbooks with the standard library alone, and has LibreOffice recompute
them."""

import os
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = {"m": MAIN}

ElementTree.register_namespace("", MAIN)
ElementTree.register_namespace("r", RELATION)


def tag(name):
    return f"{{{MAIN}}}{name}"


def place_of(name):
    """(row, column) of "B3", from 0."""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


class Workbook:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        strings = ElementTree.fromstring(self.files["xl/sharedStrings.xml"])
        self.strings = ["".join(text.text or "" for text in item.iter(tag("t")))
                        for item in strings.findall("m:si", NAMES)]
        book = ElementTree.fromstring(self.files["xl/workbook.xml"])
        # Both writers number the files of the sheets in their order.
        self.files_of_sheets = {sheet.get("name"): f"xl/worksheets/sheet{i + 1}.xml"
                                for i, sheet in enumerate(book.find("m:sheets", NAMES))}
        self.sheets = {name: ElementTree.fromstring(self.files[file])
                       for name, file in self.files_of_sheets.items()}

    def names(self):
        return list(self.sheets)

    def is_protected(self):
        return any(sheet.find("m:sheetProtection", NAMES) is not None
                   for sheet in self.sheets.values())

    def cells(self, sheet):
        """The cells by their places; their values are numbers, texts or None."""
        return {place_of(cell.get("r")): self.value(cell)
                for cell in self.sheets[sheet].iter(tag("c"))}

    def value(self, cell):
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(tag("t")))
        value = cell.findtext("m:v", None, NAMES)
        if value is None:
            return None
        if kind == "s":
            return self.strings[int(value)]
        return float(value) if kind == "n" else value

    def formulas(self, sheet):
        return [formula.text for formula in self.sheets[sheet].iter(tag("f"))]

    def element(self, sheet, place):
        return next(cell for cell in self.sheets[sheet].iter(tag("c"))
                    if place_of(cell.get("r")) == place)

    def set_value(self, sheet, place, value):
        """Puts a number or a text into a cell, or empties it, as a person would."""
        cell = self.element(sheet, place)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            ElementTree.SubElement(ElementTree.SubElement(cell, tag("is")), tag("t")).text = value
        elif value is not None:
            ElementTree.SubElement(cell, tag("v")).text = repr(value)

    def forget_values(self):
        """Takes the values of all formulas away: what is there afterwards has been computed."""
        for sheet in self.sheets.values():
            for cell in sheet.iter(tag("c")):
                value = cell.find("m:v", NAMES)
                if cell.find("m:f", NAMES) is not None and value is not None:
                    cell.remove(value)
                    cell.attrib.pop("t", None)

    # --- by what stands on the sheets ---------------------------------------------------------

    def find(self, sheet, text):
        return next(place for place, value in self.cells(sheet).items() if value == text)

    def right_of(self, sheet, text):
        row, column = self.find(sheet, text)
        return row, column + 1

    def below(self, sheet, text, index):
        row, column = self.find(sheet, text)
        return row + 1 + index, column

    def tensor_places(self, sheet, shape):
        """Where each cell of a board stands: its numbers, read row by row."""
        images, channels, height, width = shape
        places = iter(sorted(place for place, value in self.cells(sheet).items()
                             if isinstance(value, float)))
        board = {(image, row, channel, column): next(places)
                 for image in range(images) for row in range(height)
                 for channel in range(channels) for column in range(width)}
        if next(places, None) is not None:
            raise AssertionError(f"{sheet} has more numbers than {shape}")
        return [[[[board[image, row, channel, column] for column in range(width)]
                  for row in range(height)] for channel in range(channels)]
                for image in range(images)]

    def tensor(self, sheet, shape):
        cells = self.cells(sheet)
        return [[[[cells[place] for place in row] for row in block] for block in image]
                for image in self.tensor_places(sheet, shape)]

    def heads(self, sheet, head):
        """(row, names by their columns) of the table with the head `head`. The name of a check has
        that of its column before it."""
        top, _ = self.find(sheet, head)
        heads = {}
        before = ""
        for (row, column), value in sorted(self.cells(sheet).items()):
            if row == top and value is not None:
                heads[column] = f"{before} {value}" if value == "Check" else value
                before = value
        return top, heads

    def table_place(self, sheet, head, column, index):
        top, heads = self.heads(sheet, head)
        return top + 1 + index, next(at for at, name in heads.items() if name == column)

    def table(self, sheet, head):
        """The columns of a table as lists; it ends with the labels in the column "Set"."""
        top, heads = self.heads(sheet, head)
        cells = self.cells(sheet)
        labels = next(at for at, name in heads.items() if name == "Set")
        end = top + 1
        while re.fullmatch(r"S\d+", str(cells.get((end, labels)))):
            end += 1
        return {name: [cells.get((row, column)) for row in range(top + 1, end)]
                for column, name in heads.items()}

    # --- LibreOffice --------------------------------------------------------------------------

    def recomputed(self, folder):
        """This workbook after LibreOffice has opened and saved it."""
        with tempfile.TemporaryDirectory(dir=folder) as name:
            place = Path(name)
            files = self.files | {
                self.files_of_sheets[sheet]: ElementTree.tostring(root, "utf-8", xml_declaration=True)
                for sheet, root in self.sheets.items()}
            with zipfile.ZipFile(place / "given.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
                for file, content in files.items():
                    archive.writestr(file, content)
            environment = dict(os.environ, LC_ALL="C.UTF-8", HOME=name)
            done = subprocess.run(
                ["soffice", f"-env:UserInstallation={place.as_uri()}/profile", "--headless",
                 "--convert-to", "xlsx", "--outdir", place / "done", place / "given.xlsx"],
                env=environment, capture_output=True, text=True, timeout=300, check=False)
            if not (place / "done" / "given.xlsx").is_file():
                raise AssertionError(f"LibreOffice wrote nothing\n{done.stdout}\n{done.stderr}")
            return Workbook(place / "done" / "given.xlsx")
