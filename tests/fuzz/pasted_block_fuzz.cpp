// A block that is pasted into the sheet.

#include "tests/fuzz/reader.h"
#include "ui/normalize/sheet_clipboard.h"

using namespace normscope;
using namespace normscope::fuzz;

namespace {

void paste(const QString& text, const QLocale& locale) {
    const NumberBlock block = readBlock(text, locale);
    if (!block.problem.isEmpty()) {
        expect(block.values.empty(), "nothing of an unsound block is left");
        expectSentence(block.problem.toStdString(), "paste");
        return;
    }
    expect(block.values.size() ==
               static_cast<std::size_t>(block.rows) * static_cast<std::size_t>(block.columns),
           "a block is a rectangle");
    const Shape4 shape{.images = 2, .channels = 2, .height = 2, .width = 3};
    Tensor4 tensor{shape, std::vector<double>(static_cast<std::size_t>(shape.count()))};
    if (problemOfPlace(block, shape, {}).isEmpty()) {
        writeInto(tensor, {}, block);
        const QString written =
            writeBlock(tensor, {},
                       {(block.rows - 1) / shape.height, (block.columns - 1) / shape.width,
                        (block.rows - 1) % shape.height, (block.columns - 1) % shape.width},
                       locale);
        expect(readBlock(written, locale).values == block.values, "numbers come back");
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const QString text =
        QString::fromUtf8(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    for (const QLocale& locale :
         {QLocale::c(), QLocale(QLocale::German), QLocale(QLocale::Arabic)}) {
        paste(text, locale);
    }
    return 0;
}
