// What is made of a picture once it is decoded. The first two bytes are width and height.

#include "core/picture_ink.h"
#include "tests/fuzz/reader.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr int kMost = 96;
    if (size < 2) {
        return 0;
    }
    GreyImage picture{data[0] % kMost, data[1] % kMost, {data + 2, data + size}};
    picture.values.resize(static_cast<std::size_t>(picture.width) *
                          static_cast<std::size_t>(picture.height));
    for (const std::optional<GreyImage>& ink : {std::optional(picture), inkOfPicture(picture)}) {
        if (!ink) {
            continue;
        }
        expect(ink->values.size() == picture.values.size(), "ink is as large as the picture");
        if (const auto digit = prepareDigit(*ink)) {
            expect(digit->box.width <= kDigitBoxSide + 1e-9 && digit->box.left >= 0.0,
                   "ink lies in its box");
        }
    }
    return 0;
}
