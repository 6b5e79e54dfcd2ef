#include "ui/misclassified/confusion_figure.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <vector>

namespace normscope {
namespace {

constexpr std::size_t kSpokenCells = 5;

}  // namespace

ConfusionFigure::ConfusionFigure(QWidget* parent) : Figure(parent) {
    setFocusPolicy(Qt::StrongFocus);
}

void ConfusionFigure::setContent(ConfusionContent content) {
    content_ = std::move(content);
    setAccessibleName(tr("Confusion matrix of %1").arg(content_.model));
    update();
}

void ConfusionFigure::setChosen(std::optional<ConfusionCell> cell) {
    if (chosen_ != cell) {
        chosen_ = cell;
        update();
    }
}

/// The cell of the keyboard, then the most common mistakes.
QString ConfusionFigure::spokenValues() const {
    QStringList sentences;
    if (hasFocus()) {
        sentences << spokenCell(current_);
    }
    std::vector<ConfusionCell> cells;
    for (int label = 0; label < kClassCount; ++label) {
        for (int prediction = 0; prediction < kClassCount; ++prediction) {
            if (label != prediction && content_.count(label, prediction) > 0) {
                cells.push_back({label, prediction});
            }
        }
    }
    std::ranges::stable_sort(cells, std::ranges::greater{}, [this](const ConfusionCell& cell) {
        return content_.count(cell.label, cell.prediction);
    });
    cells.resize(std::min(cells.size(), kSpokenCells));
    sentences << (cells.empty() ? tr("No mistakes.") : tr("The most common mistakes:"));
    for (const ConfusionCell& cell : cells) {
        sentences << spokenCell(cell);
    }
    return sentences.join(' ');
}

QSize ConfusionFigure::minimumSizeHint() const {
    return ConfusionLayout::minimumSize(font());
}

bool ConfusionFigure::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) {
        return Figure::event(event);
    }
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto cell = ConfusionLayout(rect(), font()).cellAt(help->pos());
    QToolTip::showText(help->globalPos(), cell ? spokenCell(*cell) : QString(), this);
    return true;
}

void ConfusionFigure::focusInEvent(QFocusEvent* event) {
    Figure::focusInEvent(event);
    update();
}

void ConfusionFigure::focusOutEvent(QFocusEvent* event) {
    Figure::focusOutEvent(event);
    update();
}

void ConfusionFigure::keyPressEvent(QKeyEvent* event) {
    ConfusionCell to = current_;
    switch (event->key()) {
        case Qt::Key_Left:
            --to.prediction;
            break;
        case Qt::Key_Right:
            ++to.prediction;
            break;
        case Qt::Key_Up:
            --to.label;
            break;
        case Qt::Key_Down:
            ++to.label;
            break;
        case Qt::Key_Home:
            to.prediction = 0;
            break;
        case Qt::Key_End:
            to.prediction = kClassCount - 1;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            emit cellChosen(current_);
            return;
        default:
            Figure::keyPressEvent(event);
            return;
    }
    moveTo(
        {std::clamp(to.label, 0, kClassCount - 1), std::clamp(to.prediction, 0, kClassCount - 1)});
}

void ConfusionFigure::mousePressEvent(QMouseEvent* event) {
    const auto cell = ConfusionLayout(rect(), font()).cellAt(event->position());
    if (event->button() == Qt::LeftButton && cell) {
        moveTo(*cell);
        emit cellChosen(*cell);
    }
}

void ConfusionFigure::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    ConfusionMarks marks{.chosen = chosen_, .current = {}};
    if (hasFocus()) {
        marks.current = current_;
    }
    painter.setFont(font());
    paintConfusion(painter, rect(), content_, look(), marks);
}

QString ConfusionFigure::spokenCell(const ConfusionCell& cell) const {
    const QString count = QLocale().toString(content_.count(cell.label, cell.prediction));
    return cell.isMistake()
               ? tr("%1 read as %2: %3.").arg(cell.label).arg(cell.prediction).arg(count)
               : tr("%1 read rightly: %2.").arg(cell.label).arg(count);
}

void ConfusionFigure::moveTo(ConfusionCell cell) {
    current_ = cell;
    QAccessibleValueChangeEvent changed(this, spokenCell(cell));
    QAccessible::updateAccessibility(&changed);
    update();
}

}  // namespace normscope
