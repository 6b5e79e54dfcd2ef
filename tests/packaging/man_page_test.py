#!/usr/bin/env python3
"""The man page says what the program's own --help says: every command, every option, its value.

The argument is the source of the page.
"""

import itertools
import re
import subprocess
import sys
import unittest
from pathlib import Path

import support

PAGE = Path(sys.argv.pop(1))
OPTION = re.compile(r'\.BI? \\-\\-([\w\\-]+)(?: " (.+)")?')


def unescaped(text):
    return text.replace(r"\-", "-")


def documented():
    """(commands, {command: {(option, value)}}) of the page; "" has the options of the program."""
    commands = []
    options = {"": set()}
    current = []  # what the options that follow belong to
    lines = PAGE.read_text("utf-8").splitlines()
    for before, line in itertools.pairwise(lines):
        if line.startswith(".SH"):
            current = [""] if line == ".SH OPTIONS" else []
        elif shared := re.fullmatch(r"\.SS Options of (.+)", line):
            current = re.split(r", | and ", shared[1])
        elif command := re.fullmatch(r"\.SS (\w+)", line):
            commands.append(command[1])
            current = [command[1]]
        elif before == ".TP" and (option := OPTION.fullmatch(line)):
            for name in current:
                options.setdefault(name, set()).add((unescaped(option[1]), option[2]))
    return commands, options


def helped(*command):
    """{(option, value)} that --help lists, but for --help itself."""
    text = support.run_program(*command, "--help").stdout
    listed = text.split("\nOptions:\n")[1]
    found = re.findall(r"^  (?:-\w, )?--([\w-]+)(?: <?([^\s>]+)>?)?(?=  |$)", listed, re.MULTILINE)
    return {(name, value or None) for name, value in found if name != "help"}


class ManPage(unittest.TestCase):
    def setUp(self):
        self.commands, self.options = documented()

    def test_has_the_commands(self):
        text = support.run_program("--help").stdout
        commands = re.findall(r"^  ([a-z]+) ", text.split("Commands")[1], re.MULTILINE)
        self.assertGreater(len(commands), 5)
        self.assertCountEqual(self.commands, commands)

    def test_has_the_options_of_each(self):
        self.assertEqual(self.options[""], helped())
        for command in self.commands:
            with self.subTest(command):
                self.assertEqual(self.options[command], helped(command))

    def test_names_the_version(self):
        version = support.run_program("--version").stdout.split()[1]
        self.assertIn(f'"Normscope {version}"', PAGE.read_text("utf-8"))

    def test_is_formatted_without_a_warning(self):
        done = subprocess.run(
            ["man", "--warnings", "--encoding=UTF-8", "--local-file", "--troff-device=utf8",
             "--ditroff", PAGE],
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
            check=True)
        self.assertEqual(done.stderr, "")


if __name__ == "__main__":
    unittest.main()
