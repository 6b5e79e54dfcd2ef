#!/usr/bin/env python3
"""clang-tidy over the sources of core, ui and app as BUILD compiles them; core/torch is left out,
since clang does not read torch's headers as C++20.

    check_tidy.py BUILD

Nine tenths of its time go into the headers of Qt. So sources that are compiled alike are read
together, as one source that includes them. What they declare in unnamed namespaces meets there: it
is renamed by a macro, so that the few checks which leave out macros do not see its name, or else
the source goes into the next group.
"""

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
MOST_TOGETHER = 24

INCLUDED = re.compile(r"^#include .*$", re.MULTILINE)
UNNAMED = re.compile(r"^namespace \{$(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
# The last word of a line that is not indented before what makes it a declaration.
DECLARED = re.compile(
    r"^(?!template|namespace|//)\w[^(=;{\[]*?(\w+)(?: final)?(?: : [^{(]*)?\s*[(=;{\[]",
    re.MULTILINE)
COMMENT = re.compile(r"//.*")
TYPE_OR_CONSTANT = re.compile(r"k?[A-Z]\w*")  # functions can be overloaded


class Source(NamedTuple):
    path: Path
    included: list  # lines
    renamed: set    # names of unnamed namespaces that a macro can take the place of
    kept: set       # those that it cannot
    alone: bool     # as a header declares such a type or constant too


def read_source(path, headers):
    text = path.read_text("utf-8")
    names = set(DECLARED.findall("".join(UNNAMED.findall(text))))
    qualified = set(re.findall(r"(?:\.|->|::)(\w+)", text))
    renamed = names - set(re.findall(r"\w+", headers)) - qualified
    of_headers = filter(TYPE_OR_CONSTANT.fullmatch, DECLARED.findall(headers))
    return Source(path, INCLUDED.findall(text), renamed, names - renamed,
                  not names.isdisjoint(of_headers))


def sources_of_rooms():
    return {path for room in ("core", "ui", "app") for path in (PROJECT / room).rglob("*.cpp")
            if not path.is_relative_to(PROJECT / "core/torch")}


def text_of_headers():
    return "".join(COMMENT.sub("", header.read_text("utf-8"))
                   for room in ("core", "ui", "app") for header in (PROJECT / room).rglob("*.h"))


def flags_of(entry):
    """What sources that can be read together are compiled with alike."""
    arguments = iter(shlex.split(entry["command"]))
    flags = []
    for argument in arguments:
        if argument in ("-o", "-include"):  # the one of precompiled headers
            next(arguments)
        elif argument not in (entry["file"], "-c") and (flags or argument.startswith("-")):
            flags.append(argument)
    return tuple(flags)


def sources_by_flags(build):
    headers, wanted = text_of_headers(), sources_of_rooms()
    found = defaultdict(list)
    for entry in json.loads((build / "compile_commands.json").read_text("utf-8")):
        path = Path(entry["file"])
        if path in wanted:
            found[flags_of(entry)].append(read_source(path, headers))
    return found


def can_join(source, group):
    if source.alone or len(group) == MOST_TOGETHER:
        return False
    return not any(other.alone or source.kept & (other.kept | other.renamed)
                   or other.kept & source.renamed for other in group)


def in_groups(sources):
    groups = []
    for source in sources:
        joined = next((group for group in groups if can_join(source, group)), None)
        if joined is None:
            groups.append([source])
        else:
            joined.append(source)
    return groups


def text_of(group):
    lines = sorted({line for source in group for line in source.included})
    for number, source in enumerate(group):
        lines += [f"#define {name} {name}_{number}" for name in sorted(source.renamed)]
        lines += [f'#include "{source.path}"  // NOLINT']
        lines += [f"#undef {name}" for name in sorted(source.renamed)]
    return "\n".join(lines) + "\n"


def objections(group, flags):
    """What clang-tidy says, nothing if all is well."""
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", encoding="utf-8") as together:
        together.write(text_of(group))
        together.flush()
        ran = subprocess.run(
            ["clang-tidy", "--quiet", f"--config-file={PROJECT / '.clang-tidy'}", together.name,
             "--", *flags, "-Wno-unknown-warning-option"],
            capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr if ran.returncode != 0 else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    groups = [(group, flags)
              for flags, sources in sources_by_flags(options.build.resolve()).items()
              for group in in_groups(sources)]
    read = {source.path for group, _ in groups for source in group}
    unread = [f"{path}: not compiled in {options.build}\n" for path in sources_of_rooms() - read]
    with ThreadPoolExecutor(options.jobs) as pool:
        said = "".join([*unread, *pool.map(lambda each: objections(*each), groups)])
    print(said, end="")
    print(f"{len(read)} sources in {len(groups)} groups")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
