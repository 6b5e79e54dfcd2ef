// CELLS.csv.

#include "core/cells_csv.h"
#include "tests/fuzz/reader.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr Shape4 kLargest{.images = 32, .channels = 32, .height = 28, .width = 28};
    readOrRefuse([&] {
        const Cells cells = parseCells(textOf(data, size), kFile);
        const Shape4 shape = guessShape(cells, {2, 3, 2, 2}, kLargest, kFile);
        const Tensor4 tensor = cellsOfShape(cells, shape, kFile);
        const Cells again = parseCells(formatCells(tensor), kFile);
        expect(again.values == cells.values, "cells come back as they were written");
        expect(guessShape(again, shape, kLargest, kFile) == shape, "so does their shape");
    });
    return 0;
}
