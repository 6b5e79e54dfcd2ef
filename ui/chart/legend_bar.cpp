#include "ui/chart/legend_bar.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>
#include <algorithm>

#include "ui/chart/chart_legend.h"

namespace normscope {

LegendEntry::LegendEntry(const CurveDescription& curve, QWidget* parent)
    : QAbstractButton(parent), curve_(curve) {
    setCheckable(true);
    setChecked(true);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(tr("Show %1").arg(curve.label));
    setToolTip(tr("%1: show or hide this curve").arg(curve.label));
}

QSize LegendEntry::sizeHint() const {
    return swatchOnly_ ? swatchSize() : fullSize();
}

QSize LegendEntry::fullSize() const {
    return legendEntrySize(fontMetrics(), curve_.label);
}

QSize LegendEntry::swatchSize() const {
    const int height = fullSize().height();
    return {height * 4 / 3, height};
}

void LegendEntry::setSwatchOnly(bool swatchOnly) {
    swatchOnly_ = swatchOnly;
    update();
}

void LegendEntry::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || hasFocus()) {
        QColor tint = palette().color(QPalette::Highlight);
        tint.setAlphaF(0.12F);
        painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Highlight), 1.5) : Qt::NoPen);
        painter.setBrush(underMouse() ? QBrush(tint) : Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
    const CurveStyle style = curveStyle(curve_.kind, curve_.variant, isDark(palette()));
    if (swatchOnly_) {
        const int margin = height() / 8;
        paintSwatch(painter, rect().adjusted(margin, 2 * margin, -margin, -2 * margin), style,
                    isChecked());
        return;
    }
    painter.setPen(palette().color(QPalette::Text));
    paintLegendEntry(painter, rect(), curve_.label, style, isChecked());
}

LegendBar::LegendBar(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void LegendBar::setCurves(const std::vector<Curve>& curves) {
    qDeleteAll(entries_);
    entries_.clear();
    for (std::size_t curve = 0; curve < curves.size(); ++curve) {
        auto* entry = new LegendEntry(curves[curve].description, this);
        connect(entry, &QAbstractButton::toggled, this,
                [this, curve](bool checked) { emit toggled(curve, checked); });
        entry->show();
        entries_.push_back(entry);
    }
    place();
    updateGeometry();
}

void LegendBar::setCurveVisible(std::size_t curve, bool visible) {
    entries_.at(curve)->setChecked(visible);
}

bool LegendBar::hasRoomForLabels(int width) const {
    return sizeHint().width() <= width;
}

std::vector<QSize> LegendBar::entrySizes(int width) const {
    const bool labelled = hasRoomForLabels(width);
    std::vector<QSize> sizes;
    sizes.reserve(entries_.size());
    for (const LegendEntry* entry : entries_) {
        sizes.push_back(labelled ? entry->fullSize() : entry->swatchSize());
    }
    return sizes;
}

void LegendBar::place() {
    const FlowedEntries flow = flowed(entrySizes(width()), width());
    const int above = std::max(0, (height() - flow.height) / 2);
    for (std::size_t entry = 0; entry < entries_.size(); ++entry) {
        entries_[entry]->setSwatchOnly(!hasRoomForLabels(width()));
        entries_[entry]->setGeometry(flow.places[entry].translated(0, above));
    }
}

QSize LegendBar::sizeHint() const {
    int width = 0;
    int height = 0;
    for (const LegendEntry* entry : entries_) {
        width += entry->fullSize().width();
        height = std::max(height, entry->fullSize().height());
    }
    return {width, height};
}

QSize LegendBar::minimumSizeHint() const {
    QSize minimum;
    for (const LegendEntry* entry : entries_) {
        minimum = minimum.expandedTo(entry->swatchSize());
    }
    return minimum;
}

int LegendBar::heightForWidth(int width) const {
    return flowed(entrySizes(width), width).height;
}

void LegendBar::resizeEvent(QResizeEvent*) {
    place();
}

void LegendBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        place();
        updateGeometry();
    }
}

}  // namespace normscope
