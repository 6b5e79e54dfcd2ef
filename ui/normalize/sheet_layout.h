#pragma once

#include <QFontMetricsF>
#include <QLineF>
#include <QRectF>
#include <QSizeF>
#include <array>
#include <optional>
#include <vector>

#include "ui/normalize/sheet_state.h"

namespace normscope {

// Where everything of the sheet lies, in logical pixels at zoom 1, without a window: a row of
// blocks for each image, a column of blocks for each channel, each block H x W cells; three such
// grids (input, normalized, output), the statistics at the end of the arrows.

/// From 7 x 7 on a block is an image: its cells are square and small.
bool isImage(const Shape4& shape);

/// Sizes that the layout is built from.
struct SheetMetrics {
    QSizeF cell;        ///< wide as a number under 7 x 7; square from there on, for it is an image
    qreal blockGap;     ///< between blocks of one set
    qreal groupGap;     ///< between channels of different groups, arrows and labels left out
    qreal partGap;      ///< between the three grids
    qreal title;        ///< height of "Input x" above a grid
    qreal titleWidth;   ///< a grid takes no less, however few its blocks
    qreal columnHead;   ///< height of "Channel 1" above a column
    qreal rowHead;      ///< width of "Image 1" left of a row
    QSizeF statistics;  ///< of one set beside its row: label, mean, variance, sqrt(variance + eps)
    QSizeF statisticsBelow;  ///< the same, one below the other, under a column
    qreal affine;            ///< height of gamma and beta above a column of the output
    QSizeF label;            ///< of "S1" at the start of an arrow
    qreal head;              ///< length of an arrow's head
    /// How much larger than the font heads may be, so that they can still be read when a large
    /// sheet is fitted into a window; 1 for a sheet that fits as it is.
    qreal headScale;
};
SheetMetrics sheetMetrics(const Shape4& shape, const QFontMetricsF& font);

/// How the three grids stand to each other.
enum class Arrangement {
    Beside,      ///< in a row
    Below,       ///< in a column
    InputAbove,  ///< the input above, the normalized and the output beside each other
    InputLeft    ///< the input on the left, the normalized above the output
};
inline constexpr std::array kArrangements{Arrangement::Beside, Arrangement::Below,
                                          Arrangement::InputAbove, Arrangement::InputLeft};

class SheetLayout {
  public:
    SheetLayout(const Shape4& shape, const NormSpec& spec, Arrangement arrangement,
                const SheetMetrics& metrics);

    const Shape4& shape() const { return shape_; }
    const SheetMetrics& metrics() const { return metrics_; }
    QSizeF size() const { return size_; }

    QRectF part(SheetPart part) const;  ///< of its blocks, heads left out
    QRectF title(SheetPart part) const;
    QRectF columnHead(SheetPart part, int channel) const;
    QRectF rowHead(SheetPart part, int image) const;
    QRectF block(SheetPart part, int image, int channel) const;
    QRectF cell(const SheetCell& cell) const;
    /// Where the numbers of a set stand: under batch norm below the column of its channel, else to
    /// the right of the row of its image, one below the other.
    QRectF statistics(int set) const;
    QRectF affine(int channel) const;
    QSizeF arrowLabel() const { return label_; }
    qreal arrowHead() const { return head_; }

    std::optional<SheetCell> cellAt(QPointF point) const;
    std::optional<int> statisticsAt(QPointF point) const;

    /// Indices [first, last) of those channels or images whose blocks meet the range.
    struct Range {
        int first = 0;
        int last = 0;
    };
    Range channelsIn(SheetPart part, qreal left, qreal right) const;
    Range imagesIn(SheetPart part, qreal top, qreal bottom) const;

    /// Part way from one layout to another of the same shape, t from 0 to 1: regrouping, animated.
    static SheetLayout between(const SheetLayout& from, const SheetLayout& to, qreal t);

  private:
    struct Grid {
        QRectF blocks;
        QPointF heads;  ///< where the row heads end to the right, column heads below
        QRectF title;
        std::vector<qreal> columns;  ///< left edge of each channel
        std::vector<qreal> rows;     ///< top edge of each image
    };
    struct Plan;

    static Grid blended(const Grid& from, const Grid& to, qreal t);
    const Grid& grid(SheetPart part) const { return grids_[static_cast<std::size_t>(part)]; }
    Grid& grid(SheetPart part) { return grids_[static_cast<std::size_t>(part)]; }
    void placeBlocks(SheetPart part, QPointF corner, const Plan& plan);
    /// Where in its part a grid begins.
    struct Placing {
        bool affine;  ///< room for gamma and beta above the heads, used or not
        qreal left;
        qreal top;
    };
    QRectF placePart(SheetPart part, QPointF corner, const Placing& placing, const Plan& plan);
    void place(Arrangement arrangement, const Plan& plan);
    void placeStatistics(const Plan& plan);

    Shape4 shape_;
    SheetMetrics metrics_;
    QSizeF block_;
    QSizeF size_;
    QSizeF label_;
    qreal head_ = 0.0;
    std::array<Grid, 3> grids_;
    std::vector<QRectF> statistics_;
    bool statisticsBelow_ = false;
};

/// Whether the statistics are computed from the cells, or running ones are applied to them.
enum class ArrowFlow { IntoStatistics, FromStatistics };

/// The arrow of a statistics set in the input grid. Batch: down the channel through all images, and
/// up again from running statistics; layer and group: to the right through the channels of one
/// image; instance: across one block.
struct SheetArrow {
    int set;
    QRectF body;   ///< covers every cell of the set and none of another
    QLineF shaft;  ///< the line that is drawn, its head at p2, inside the body; between two cells
    QRectF label;  ///< where the name of the set stands, at the start of the shaft
    qreal thickness;              ///< of the shaft
    std::array<QPointF, 3> head;  ///< its tip, then the corners of its base
};
SheetArrow sheetArrow(const SheetLayout& layout, const StatisticsSet& cells, int set,
                      ArrowFlow flow);
std::vector<SheetArrow> sheetArrows(const SheetLayout& layout, const NormSpec& spec,
                                    ArrowFlow flow = ArrowFlow::IntoStatistics);

/// A sheet fitted into a room.
struct SheetFit {
    qreal zoom;
    qreal shown;  ///< how much of the sheet fits at that zoom: all of it is 1

    qreal worth() const { return zoom * shown; }
};
/// As large as fits whole, but no smaller than `least`.
SheetFit sheetFit(QSizeF sheet, QSizeF room, qreal least);

/// The smallest zoom that a sheet of so few numbers is fitted at, for them to be read; 0 for images
/// and for large sheets. `pixels`: size of the font.
qreal leastFittedZoom(const Shape4& shape, qreal pixels);

/// The arrangement in which a sheet of this shape is largest when it is fitted into `room`, or the
/// most of it shows at the least zoom.
Arrangement bestArrangement(const Shape4& shape, const NormSpec& spec, const SheetMetrics& metrics,
                            QSizeF room, qreal least = 0.0);

}  // namespace normscope
