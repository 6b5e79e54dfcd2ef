"""The shipped MNIST is the published one: MD5 of the four unpacked files."""

import gzip
import hashlib
import pathlib
import sys
import unittest

FOLDER = pathlib.Path(sys.argv.pop(1))
PUBLISHED = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}


class ShippedFiles(unittest.TestCase):
    def test_md5(self):
        for name, published in PUBLISHED.items():
            with self.subTest(name):
                content = gzip.decompress((FOLDER / f"{name}.gz").read_bytes())
                self.assertEqual(hashlib.md5(content).hexdigest(), published)


if __name__ == "__main__":
    unittest.main()
