#include "app/report/page_flow.h"

namespace normscope {
namespace {

/// One past the last piece that stays with the one at `first`.
std::size_t endOfGroup(const std::vector<PagePiece>& pieces, std::size_t first) {
    while (first + 1 < pieces.size() && pieces[first].staysWithNext) {
        ++first;
    }
    return first + 1;
}

qreal heightOf(const std::vector<PagePiece>& pieces, std::size_t first, std::size_t end) {
    qreal height = pieces[first].height;
    for (std::size_t i = first + 1; i < end; ++i) {
        height += pieces[i].spaceBefore + pieces[i].height;
    }
    return height;
}

}  // namespace

std::vector<PlacedPiece> flowOntoPages(const std::vector<PagePiece>& pieces, qreal pageHeight) {
    std::vector<PlacedPiece> placed;
    int page = 0;
    qreal used = 0.0;
    const auto turnPage = [&] {
        ++page;
        used = 0.0;
    };
    for (std::size_t first = 0; first < pieces.size();) {
        const std::size_t end = endOfGroup(pieces, first);
        const qreal height = heightOf(pieces, first, end);
        if (used > 0.0 && height <= pageHeight &&
            used + pieces[first].spaceBefore + height > pageHeight) {
            turnPage();
        }
        for (; first < end; ++first) {
            const PagePiece& piece = pieces[first];
            if (used > 0.0 && used + piece.spaceBefore + piece.height > pageHeight) {
                turnPage();
            }
            used += used > 0.0 ? piece.spaceBefore : 0.0;
            placed.push_back({first, page, used});
            used += piece.height;
        }
    }
    return placed;
}

}  // namespace normscope
