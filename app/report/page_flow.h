#pragma once

#include <QPointF>
#include <QSizeF>
#include <functional>
#include <vector>

class QPainter;

namespace normscope {

/// A piece of a document that is never cut: a line of text, a row of a table, a picture.
struct PagePiece {
    qreal height = 0.0;
    qreal spaceBefore = 0.0;  ///< but at the head of a page
    bool staysWithNext = false;
    std::function<void(QPainter& painter, QPointF corner)> paint;
};

/// Where a piece came to lie.
struct PlacedPiece {
    std::size_t piece = 0;
    int page = 0;  ///< from 0
    qreal top = 0.0;
};

/// Puts pieces below each other on pages of this height. Pieces that stay together begin a new page
/// rather than being torn apart, unless they are higher than any page.
std::vector<PlacedPiece> flowOntoPages(const std::vector<PagePiece>& pieces, qreal pageHeight);

}  // namespace normscope
