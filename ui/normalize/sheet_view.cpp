#include "ui/normalize/sheet_view.h"

#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <QVariantAnimation>
#include <algorithm>

#include "ui/normalize/sheet_accessible.h"
#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_editor.h"
#include "ui/normalize/sheet_words.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kGlideMilliseconds = 200;

/// Whether the cells share their statistics otherwise.
bool regroups(const NormSpec& from, const NormSpec& to, int channels) {
    return from.kind != to.kind || groupCount(from, channels) != groupCount(to, channels);
}

}  // namespace

SheetView::SheetView(SheetDocument& document, QWidget* parent)
    : QAbstractScrollArea(parent),
      document_(document),
      spec_(document.state().spec),
      glide_(std::make_unique<QVariantAnimation>()),
      menu_(new QMenu(this)) {
    installSheetAccessibility();
    setAccessibleName(tr("Sheet"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    glide_->setDuration(kGlideMilliseconds);
    glide_->setEasingCurve(QEasingCurve::OutCubic);
    glide_->setStartValue(0.0);
    glide_->setEndValue(1.0);

    const auto entry = [this](const QString& text, const QKeySequence& keys, auto slot) {
        menu_->addAction(text, this, slot)->setShortcut(keys);
    };
    menu_->setAccessibleName(tr("Sheet"));
    entry(tr("&Copy"), QKeySequence::Copy, &SheetView::copy);
    entry(tr("&Paste"), QKeySequence::Paste, &SheetView::paste);
    entry(tr("C&lear"), QKeySequence::Delete, &SheetView::clearCells);
    menu_->addSeparator();
    entry(tr("&Fit"), QKeySequence(tr("Ctrl+0")), &SheetView::fit);

    takeShape();
    connect(&document, &SheetDocument::changed, this, &SheetView::takeDocument);
}

SheetView::~SheetView() = default;

void SheetView::takeDocument() {
    if (document_.shape() != layout_->shape()) {
        closeEditor();
        takeShape();
        announceSheetShape(*this);
    } else if (regroups(spec_, document_.state().spec, document_.shape().channels)) {
        takeSpec();
    }
    spec_ = document_.state().spec;
    repaintAll();
    announceSheetValue(*this);
}

void SheetView::takeShape() {
    glide_->stop();
    const Shape4& shape = document_.shape();
    arrangement_ = bestArrangementHere();
    layout_ = std::make_unique<SheetLayout>(makeLayout(arrangement_));
    canvas_.invalidate();
    refit();
    hover(std::nullopt);
    if (current_ && !contains(shape, current_->cell)) {
        const CellIndex& cell = current_->cell;
        setCurrent(SheetCell{
            current_->part,
            {std::min(cell.image, shape.images - 1), std::min(cell.channel, shape.channels - 1),
             std::min(cell.row, shape.height - 1), std::min(cell.column, shape.width - 1)}});
    } else if (current_) {
        selection_ = SheetSelection::of(*current_);
    }
}

void SheetView::takeSpec() {
    if (fitted_) {
        arrangement_ = fittingArrangement();
    }
    glideTo(makeLayout(arrangement_));
}

SheetScene SheetView::scene() const {
    return {document_.state(), document_.trace(),     *layout_, palette(), font(),
            gradientOf(),      document_.pokeResult()};
}

std::optional<CellIndex> SheetView::gradientOf() const {
    return backwards_ && current_ && current_->part == SheetPart::Output
               ? std::optional(current_->cell)
               : std::nullopt;
}

void SheetView::repaintAll() {
    canvas_.invalidate();
    viewport()->update();
}

SheetLayout SheetView::makeLayout(Arrangement arrangement) const {
    const Shape4& shape = document_.shape();
    return {shape, document_.state().spec, arrangement, sheetMetrics(shape, QFontMetricsF(font()))};
}

void SheetView::showLayout(const SheetLayout& layout) {
    *layout_ = layout;
    refit();
    if (current_) {
        ensureVisible(*current_);
    }
    repaintAll();
}

void SheetView::glideTo(const SheetLayout& layout) {
    glide_->stop();
    glide_->disconnect(this);
    if (!motion_ || !isVisible()) {
        showLayout(layout);
        hover(mouse_);
        return;
    }
    connect(glide_.get(), &QVariantAnimation::valueChanged, this,
            [this, from = *layout_, layout](const QVariant& t) {
                showLayout(SheetLayout::between(from, layout, t.toReal()));
            });
    connect(glide_.get(), &QVariantAnimation::finished, this, [this, layout] {
        showLayout(layout);
        hover(mouse_);
    });
    glide_->start();
}

void SheetView::setMotion(bool on) {
    motion_ = on;
    if (!on && glide_->state() == QAbstractAnimation::Running) {
        glideTo(makeLayout(arrangement_));
    }
}

void SheetView::setBackwards(bool on) {
    if (on != backwards_) {
        backwards_ = on;
        repaintAll();
    }
}

void SheetView::setCurrent(const std::optional<SheetCell>& cell) {
    if (cell && !contains(document_.shape(), cell->cell)) {
        return;
    }
    closeEditor();
    const auto gradientBefore = gradientOf();
    const bool changes = cell != current_;
    current_ = cell;
    selection_ = cell ? std::optional(SheetSelection::of(*cell)) : std::nullopt;
    if (gradientOf() != gradientBefore) {
        canvas_.invalidate();
    }
    if (cell) {
        ensureVisible(*cell);
    }
    viewport()->update();
    if (changes) {
        setProblem({});
        announceCurrentCell(*this);
        emit currentChanged();
    }
}

QString SheetView::spoken(const SheetCell& cell) const {
    return tr("%1: %2").arg(cellPosition(cell), cellContent(document_, cell, gradientOf()));
}

void SheetView::paintEvent(QPaintEvent* event) {
    const SheetScene scene = this->scene();
    const QPoint origin = this->origin();
    QPainter painter(viewport());
    painter.drawPixmap(0, 0,
                       canvas_.picture(scene, {viewport()->size(), origin, zoom_,
                                               viewport()->devicePixelRatioF()}));
    painter.save();
    painter.translate(origin);
    painter.scale(zoom_, zoom_);
    const QRectF exposed(toSheet(event->rect().topLeft()), QSizeF(event->rect().size()) / zoom_);
    paintHighlight(painter, scene, {hovered_, current_, hasFocus()}, exposed, zoom_);
    painter.restore();
    paintSelection(painter);
    if (hasFocus() && !current_) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2.0));
        painter.drawRect(QRectF(viewport()->rect()).adjusted(1.0, 1.0, -1.0, -1.0));
    }
}

/// Several cells; a single one is the current cell and has its frame.
void SheetView::paintSelection(QPainter& painter) const {
    const Shape4& shape = document_.shape();
    if (!selection_ || selection_->count(shape) < 2) {
        return;
    }
    const QRectF rect = viewportRect({selection_->part, selection_->first(shape)}) |
                        viewportRect({selection_->part, selection_->last(shape)});
    const QColor accent = palette().color(QPalette::Highlight);
    QColor veil = accent;
    veil.setAlphaF(0.18F);
    painter.setPen(QPen(accent, 1.5));
    painter.setBrush(veil);
    painter.drawRect(rect);
}

void SheetView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    if (fitted_ && glide_->state() != QAbstractAnimation::Running) {
        arrange();
    }
    refit();
}

void SheetView::scrollContentsBy(int, int) {
    placeEditor();
    viewport()->update();
    if (glide_->state() != QAbstractAnimation::Running) {
        hover(mouse_);
    }
}

void SheetView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        glide_->stop();
        closeEditor();
        showLayout(makeLayout(arrangement_));
    } else if (event->type() == QEvent::PaletteChange) {
        repaintAll();
    }
}

}  // namespace normscope
