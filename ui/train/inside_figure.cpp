#include "ui/train/inside_figure.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

#include "ui/theme.h"

namespace normscope {
namespace {

/// The model of which most mini-batches were sampled: its samples are what the keys step through.
const ChannelCourse* longestOf(const InsideContent& content) {
    const auto longest = std::ranges::max_element(
        content.models, {}, [](const ChannelCourse& course) { return course.epochs.size(); });
    return longest == content.models.end() || longest->epochs.empty() ? nullptr : &*longest;
}

}  // namespace

InsideFigure::InsideFigure(QWidget* parent) : Figure(parent) {
    setAccessibleName(tr("Percentiles inside the network"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void InsideFigure::setContent(InsideContent content) {
    content_ = std::move(content);
    if (content_.isEmpty()) {
        readout_.reset();
    }
    updateGeometry();
    update();
}

void InsideFigure::setEmptyText(const QString& text) {
    emptyText_ = text;
    update();
}

QString InsideFigure::spokenValues() const {
    return content_.isEmpty() ? emptyText_ : spokenInside(content_, readout_);
}

InsideLayout InsideFigure::layoutNow() const {
    const int unit = gridUnit(font());
    return layOutInside(QRectF(rect()).adjusted(unit, unit / 2.0, -unit, -unit / 2.0), content_,
                        font());
}

QSize InsideFigure::minimumSizeHint() const {
    const QFontMetrics metrics(font());
    return {30 * metrics.averageCharWidth(),
            std::max(6 * metrics.height(),
                     static_cast<int>(layoutNow().leastHeight) + gridUnit(font()))};
}

void InsideFigure::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (content_.isEmpty()) {
        const int margin = 4 * gridUnit(font());
        painter.setPen(look().muted());
        painter.drawText(rect().adjusted(margin, margin, -margin, -margin),
                         Qt::AlignCenter | Qt::TextWordWrap, emptyText_);
    } else {
        paintInside(painter, layoutNow(), content_, readout_, look());
    }
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(look().accent(), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

/// The columns may wrap at another width, and then need another height.
void InsideFigure::resizeEvent(QResizeEvent* event) {
    Figure::resizeEvent(event);
    updateGeometry();
}

void InsideFigure::mouseMoveEvent(QMouseEvent* event) {
    const double lastEpoch = lastEpochOf(content_);
    for (const InsideLayout::Column& column : layoutNow().columns) {
        for (const QRectF& plot : {column.input.bands, column.output.bands}) {
            if (plot.contains(event->position())) {
                readOut((event->position().x() - plot.left()) / plot.width() * lastEpoch);
                return;
            }
        }
    }
    readOut(std::nullopt);
}

void InsideFigure::leaveEvent(QEvent* event) {
    Figure::leaveEvent(event);
    readOut(std::nullopt);
}

void InsideFigure::keyPressEvent(QKeyEvent* event) {
    const ChannelCourse* const longest = longestOf(content_);
    switch (event->key()) {
        case Qt::Key_Left:
            return stepReadout(-1);
        case Qt::Key_Right:
            return stepReadout(+1);
        case Qt::Key_Home:
            return longest == nullptr ? void() : readOut(longest->epochs.front());
        case Qt::Key_End:
            return longest == nullptr ? void() : readOut(longest->epochs.back());
        case Qt::Key_Escape:
            if (readout_) {
                return readOut(std::nullopt);
            }
            break;
        default:
            break;
    }
    Figure::keyPressEvent(event);
}

void InsideFigure::focusInEvent(QFocusEvent* event) {
    Figure::focusInEvent(event);
    update();
}

void InsideFigure::focusOutEvent(QFocusEvent* event) {
    Figure::focusOutEvent(event);
    readOut(std::nullopt);
    update();
}

void InsideFigure::stepReadout(int direction) {
    const ChannelCourse* const longest = longestOf(content_);
    if (longest == nullptr) {
        return;
    }
    const auto last = static_cast<std::ptrdiff_t>(longest->epochs.size()) - 1;
    std::ptrdiff_t place = last;
    if (readout_) {
        place = static_cast<std::ptrdiff_t>(*sampleNear(*longest, *readout_)) + direction;
    }
    place = std::clamp<std::ptrdiff_t>(place, 0, last);
    readOut(longest->epochs[static_cast<std::size_t>(place)]);
}

void InsideFigure::readOut(std::optional<double> epoch) {
    if (content_.isEmpty() || epoch == readout_) {
        return;
    }
    readout_ = epoch;
    update();
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

}  // namespace normscope
