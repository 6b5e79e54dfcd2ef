#!/usr/bin/env python3
"""Code of one instruction set must not take the place of another's: see core/kernels/lanes.h.

    symbols_test.py OBJECT...    the compiled digit_group.cpp, one for each set
"""

import subprocess
import sys
import unittest

NAMESPACES = ("avx512::", "avx2::", "baseline::")


def shared_code(objects):
    """Functions that the linker may take from one of the objects for all of them."""
    listed = subprocess.run(["nm", "--demangle", *objects], check=True, capture_output=True,
                            text=True).stdout
    shared = []
    for line in listed.splitlines():
        parts = line.split(maxsplit=2)
        if len(parts) == 3 and parts[1] in "WV" and not any(n in parts[2] for n in NAMESPACES):
            shared.append(parts[2])
    return shared


class SymbolsTest(unittest.TestCase):
    objects = []

    def test_no_code_is_shared(self):
        self.assertTrue(self.objects)
        self.assertEqual(shared_code(self.objects), [])


if __name__ == "__main__":
    SymbolsTest.objects = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
