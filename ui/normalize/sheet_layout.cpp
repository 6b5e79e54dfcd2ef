#include "ui/normalize/sheet_layout.h"

#include <algorithm>
#include <cmath>

namespace normscope {
namespace {

constexpr std::array kParts{SheetPart::Input, SheetPart::Normalized, SheetPart::Output};

/// Statistics beside the row of an image shrink with it, but numbers on paper stay as they are.
constexpr qreal kSmallestOfImage = 0.35;

/// Cells of a grid that are still read one by one, and the height of their text.
constexpr int kFewNumbers = 1500;
constexpr qreal kReadablePixels = 8.0;

/// Indices [first, last) of equally long pieces that meet the range.
SheetLayout::Range meeting(const std::vector<qreal>& starts, qreal length, qreal from, qreal to) {
    const auto first = std::ranges::lower_bound(starts, from - length);
    const auto last = std::ranges::upper_bound(starts, to);
    return {static_cast<int>(first - starts.begin()),
            std::max(static_cast<int>(first - starts.begin()),
                     static_cast<int>(last - starts.begin()))};
}

/// The piece that holds `at`, and how far into it.
struct Place {
    int index;
    qreal inside;
};
std::optional<Place> placeOf(const std::vector<qreal>& starts, qreal length, qreal at) {
    const auto next = std::ranges::upper_bound(starts, at);
    if (next == starts.begin() || at >= *std::prev(next) + length) {
        return std::nullopt;
    }
    return Place{static_cast<int>(next - starts.begin()) - 1, at - *std::prev(next)};
}

qreal mix(qreal from, qreal to, qreal t) {
    return from + (to - from) * t;
}

QPointF mix(QPointF from, QPointF to, qreal t) {
    return {mix(from.x(), to.x(), t), mix(from.y(), to.y(), t)};
}

QRectF mix(const QRectF& from, const QRectF& to, qreal t) {
    return {mix(from.topLeft(), to.topLeft(), t), mix(from.bottomRight(), to.bottomRight(), t)};
}

std::vector<qreal> mix(const std::vector<qreal>& from, const std::vector<qreal>& to, qreal t) {
    std::vector<qreal> mixed;
    mixed.reserve(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
        mixed.push_back(mix(from[i], to[i], t));
    }
    return mixed;
}

}  // namespace

/// What the method makes of the metrics, before anything has its place.
struct SheetLayout::Plan {
    Plan(const Shape4& shape, const NormSpec& spec, const SheetMetrics& m, QSizeF block)
        : down(spec.kind == NormKind::Batch), groups(groupCount(spec, shape.channels)) {
        const qreal share = 0.25 * block.width() * (down ? 1 : shape.channels / groups);
        arrowScale =
            std::clamp(std::min(share / m.label.width(), 0.5 * block.height() / m.label.height()),
                       1.0, m.headScale);
        const qreal label = arrowScale * (down ? m.label.height() : m.label.width());
        lead = label + 0.5 * m.head * arrowScale + 0.5 * m.blockGap;
        tail = 1.6 * m.head * arrowScale;
        if (down) {
            const qreal fitting = block.width() / m.statisticsBelow.width();
            statistics = m.statisticsBelow * std::clamp(fitting, 1.0, m.headScale);
        } else {
            const qreal fitting = block.height() / (groups * m.statistics.height());
            const qreal smallest = isImage(shape) ? kSmallestOfImage : 1.0;
            statistics = m.statistics * std::clamp(fitting, smallest, m.headScale);
        }
        band = down ? block.height() : std::max(block.height(), groups * statistics.height());
        imageGap = down ? m.blockGap : m.groupGap;
        groupGap = down ? std::max(m.groupGap, statistics.width() + m.blockGap - block.width())
                        : m.groupGap + lead + tail;
    }

    bool down;   ///< whether arrows go down a channel, else to the right along an image
    int groups;  ///< of channels with arrows, statistics and gaps of their own
    qreal arrowScale;
    qreal lead;         ///< room of an arrow before its first block
    qreal tail;         ///< and after its last
    QSizeF statistics;  ///< of one set
    qreal band;         ///< height that an image takes beside its statistics
    qreal imageGap;
    qreal groupGap;
};

SheetLayout::SheetLayout(const Shape4& shape, const NormSpec& spec, Arrangement arrangement,
                         const SheetMetrics& metrics)
    : shape_(shape),
      metrics_(metrics),
      block_(shape.width * metrics.cell.width(), shape.height * metrics.cell.height()) {
    const Plan plan(shape, spec, metrics, block_);
    label_ = metrics.label * plan.arrowScale;
    head_ = metrics.head * plan.arrowScale;
    statisticsBelow_ = plan.down;
    place(arrangement, plan);
    placeStatistics(plan);
}

/// `corner`: top left of the first block's band.
void SheetLayout::placeBlocks(SheetPart part, QPointF corner, const Plan& plan) {
    Grid& grid = this->grid(part);
    const int channelsOfGroup = shape_.channels / plan.groups;
    qreal x = corner.x();
    for (int channel = 0; channel < shape_.channels; ++channel) {
        if (channel > 0) {
            x += block_.width() +
                 (channel % channelsOfGroup == 0 ? plan.groupGap : metrics_.blockGap);
        }
        grid.columns.push_back(x);
    }
    qreal y = corner.y();
    for (int image = 0; image < shape_.images; ++image) {
        grid.rows.push_back(y + (plan.band - block_.height()) / 2);
        y += plan.band + plan.imageGap;
    }
    grid.blocks =
        QRectF(QPointF(grid.columns.front(), grid.rows.front()),
               QPointF(grid.columns.back() + block_.width(), grid.rows.back() + block_.height()));
}

/// The room that the part takes, from `corner` to the right and down.
QRectF SheetLayout::placePart(SheetPart part, QPointF corner, const Placing& placing,
                              const Plan& plan) {
    Grid& grid = this->grid(part);
    const bool input = part == SheetPart::Input;
    const qreal gap = metrics_.blockGap;
    const qreal affine = placing.affine ? metrics_.affine : 0.0;
    const qreal headsBottom = corner.y() + metrics_.title + affine + metrics_.columnHead;
    placeBlocks(part, {corner.x() + placing.left, headsBottom + placing.top}, plan);
    // Heads of rows stand before the arrows of the input, and close to the blocks elsewhere.
    grid.heads = {input ? corner.x() + metrics_.rowHead : grid.columns.front() - gap / 2,
                  headsBottom};
    qreal right = grid.blocks.right() + gap / 2;
    qreal bottom = grid.rows.back() + (block_.height() + plan.band) / 2 + gap / 2;
    if (input && plan.down) {
        right = std::max(right, grid.columns.back() + plan.statistics.width());
        bottom += plan.tail + gap + plan.statistics.height();
    } else if (input) {
        right = grid.blocks.right() + plan.tail + gap + plan.statistics.width();
    }
    right = std::max(right, corner.x() + metrics_.titleWidth);
    // Gamma and beta stand between the title and the heads of the output alone.
    const qreal free = part == SheetPart::Output ? 0.0 : affine;
    grid.title = QRectF(corner, QSizeF(right - corner.x(), metrics_.title + free));
    size_ = size_.expandedTo({right, bottom});
    return {corner, QPointF(right, bottom)};
}

/// What stands in one row or column has its heads and blocks on one line.
void SheetLayout::place(Arrangement arrangement, const Plan& plan) {
    const qreal near = metrics_.blockGap / 2;
    const qreal lead = plan.down ? plan.lead : near;
    const qreal indented = metrics_.rowHead + near + (plan.down ? 0.0 : plan.lead);
    const qreal plain = metrics_.rowHead + near;
    Plan withoutStatistics = plan;
    withoutStatistics.band = block_.height();
    const auto rightOf = [this](const QRectF& part) {
        return QPointF(part.right() + metrics_.partGap, part.top());
    };
    const auto below = [this](const QRectF& part) {
        return QPointF(part.left(), part.bottom() + metrics_.partGap);
    };
    const bool inOneRow = arrangement == Arrangement::Beside;
    const QRectF input =
        placePart(SheetPart::Input, {}, {.affine = inOneRow, .left = indented, .top = lead}, plan);
    const bool outputBeside = inOneRow || arrangement == Arrangement::InputAbove;
    const bool inputLeft = inOneRow || arrangement == Arrangement::InputLeft;
    const Plan& others = inOneRow ? plan : withoutStatistics;
    const Placing placing{.affine = outputBeside,
                          .left = arrangement == Arrangement::Below ? indented : plain,
                          .top = inOneRow ? lead : near};
    const QRectF normalized = placePart(SheetPart::Normalized,
                                        inputLeft ? rightOf(input) : below(input), placing, others);
    placePart(SheetPart::Output, outputBeside ? rightOf(normalized) : below(normalized),
              {.affine = true, .left = placing.left, .top = placing.top}, others);
}

void SheetLayout::placeStatistics(const Plan& plan) {
    const Grid& input = grid(SheetPart::Input);
    const qreal distance = plan.tail + metrics_.blockGap;
    if (plan.down) {
        for (const qreal column : input.columns) {
            statistics_.emplace_back(QPointF(column, input.blocks.bottom() + distance),
                                     QSizeF(std::max(block_.width(), plan.statistics.width()),
                                            plan.statistics.height()));
        }
        return;
    }
    const qreal all = plan.groups * plan.statistics.height();
    for (const qreal row : input.rows) {
        const qreal top = row + (block_.height() - all) / 2;
        for (int group = 0; group < plan.groups; ++group) {
            statistics_.emplace_back(
                QPointF(input.blocks.right() + distance, top + group * plan.statistics.height()),
                plan.statistics);
        }
    }
}

QRectF SheetLayout::part(SheetPart part) const {
    return grid(part).blocks;
}

QRectF SheetLayout::title(SheetPart part) const {
    return grid(part).title;
}

QRectF SheetLayout::columnHead(SheetPart part, int channel) const {
    const Grid& grid = this->grid(part);
    return {grid.columns[static_cast<std::size_t>(channel)], grid.heads.y() - metrics_.columnHead,
            block_.width(), metrics_.columnHead};
}

QRectF SheetLayout::rowHead(SheetPart part, int image) const {
    const Grid& grid = this->grid(part);
    return {grid.heads.x() - metrics_.rowHead, grid.rows[static_cast<std::size_t>(image)],
            metrics_.rowHead, block_.height()};
}

QRectF SheetLayout::block(SheetPart part, int image, int channel) const {
    const Grid& grid = this->grid(part);
    return {QPointF(grid.columns[static_cast<std::size_t>(channel)],
                    grid.rows[static_cast<std::size_t>(image)]),
            block_};
}

QRectF SheetLayout::cell(const SheetCell& cell) const {
    const QRectF block = this->block(cell.part, cell.cell.image, cell.cell.channel);
    return {block.left() + cell.cell.column * metrics_.cell.width(),
            block.top() + cell.cell.row * metrics_.cell.height(), metrics_.cell.width(),
            metrics_.cell.height()};
}

QRectF SheetLayout::statistics(int set) const {
    const auto place = static_cast<std::size_t>(set);
    return place < statistics_.size() ? statistics_[place] : QRectF();
}

QRectF SheetLayout::affine(int channel) const {
    const QRectF head = columnHead(SheetPart::Output, channel);
    return {head.left(), head.top() - metrics_.affine, head.width(), metrics_.affine};
}

std::optional<SheetCell> SheetLayout::cellAt(QPointF point) const {
    for (const SheetPart part : kParts) {
        const Grid& grid = this->grid(part);
        const auto column = placeOf(grid.columns, block_.width(), point.x());
        const auto row = placeOf(grid.rows, block_.height(), point.y());
        if (column && row) {
            const auto place = [](qreal inside, qreal cell, int count) {
                return std::min(static_cast<int>(inside / cell), count - 1);
            };
            return SheetCell{part,
                             {row->index, column->index,
                              place(row->inside, metrics_.cell.height(), shape_.height),
                              place(column->inside, metrics_.cell.width(), shape_.width)}};
        }
    }
    return std::nullopt;
}

std::optional<int> SheetLayout::statisticsAt(QPointF point) const {
    const auto found = std::ranges::find_if(
        statistics_, [point](const QRectF& rect) { return rect.contains(point); });
    if (found == statistics_.end()) {
        return std::nullopt;
    }
    return static_cast<int>(found - statistics_.begin());
}

SheetLayout::Range SheetLayout::channelsIn(SheetPart part, qreal left, qreal right) const {
    return meeting(grid(part).columns, block_.width(), left, right);
}

SheetLayout::Range SheetLayout::imagesIn(SheetPart part, qreal top, qreal bottom) const {
    return meeting(grid(part).rows, block_.height(), top, bottom);
}

SheetLayout::Grid SheetLayout::blended(const Grid& from, const Grid& to, qreal t) {
    return {mix(from.blocks, to.blocks, t), mix(from.heads, to.heads, t),
            mix(from.title, to.title, t), mix(from.columns, to.columns, t),
            mix(from.rows, to.rows, t)};
}

SheetLayout SheetLayout::between(const SheetLayout& from, const SheetLayout& to, qreal t) {
    if (t <= 0.0 || t >= 1.0) {
        return t <= 0.0 ? from : to;
    }
    SheetLayout layout = to;
    layout.size_ = {mix(from.size_.width(), to.size_.width(), t),
                    mix(from.size_.height(), to.size_.height(), t)};
    layout.label_ = {mix(from.label_.width(), to.label_.width(), t),
                     mix(from.label_.height(), to.label_.height(), t)};
    layout.head_ = mix(from.head_, to.head_, t);
    for (std::size_t part = 0; part < layout.grids_.size(); ++part) {
        layout.grids_[part] = blended(from.grids_[part], to.grids_[part], t);
    }
    // The sets are those of the end; their numbers travel with the edge that they stand at.
    const QRectF begin = from.part(SheetPart::Input);
    const QRectF end = to.part(SheetPart::Input);
    const QPointF edge = to.statisticsBelow_ ? begin.bottomLeft() - end.bottomLeft()
                                             : begin.topRight() - end.topRight();
    for (std::size_t set = 0; set < layout.statistics_.size(); ++set) {
        const QRectF start = from.statisticsBelow_ == to.statisticsBelow_ &&
                                     from.statistics_.size() == to.statistics_.size()
                                 ? from.statistics_[set]
                                 : to.statistics_[set].translated(edge);
        layout.statistics_[set] = mix(start, to.statistics_[set], t);
    }
    return layout;
}

SheetFit sheetFit(QSizeF sheet, QSizeF room, qreal least) {
    const qreal across = room.width() / sheet.width();
    const qreal down = room.height() / sheet.height();
    const qreal zoom = std::max(std::min(across, down), least);
    return {zoom, std::min(1.0, across / zoom) * std::min(1.0, down / zoom)};
}

qreal leastFittedZoom(const Shape4& shape, qreal pixels) {
    return isImage(shape) || shape.count() > kFewNumbers ? 0.0 : kReadablePixels / pixels;
}

Arrangement bestArrangement(const Shape4& shape, const NormSpec& spec, const SheetMetrics& metrics,
                            QSizeF room, qreal least) {
    return *std::ranges::max_element(kArrangements, {}, [&](Arrangement arrangement) {
        const QSizeF size = SheetLayout(shape, spec, arrangement, metrics).size();
        return sheetFit(size, room, least).worth();
    });
}

}  // namespace normscope
