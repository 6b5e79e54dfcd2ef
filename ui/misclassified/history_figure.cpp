#include "ui/misclassified/history_figure.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace normscope {

HistoryFigure::HistoryFigure(QWidget* parent) : Figure(parent) {
    setFocusPolicy(Qt::StrongFocus);
}

void HistoryFigure::setContent(HistoryContent content, const HistoryScale& scale) {
    content_ = std::move(content);
    scale_ = scale;
    setAccessibleName(tr("Training history of %1").arg(content_.label));
    update();
}

void HistoryFigure::setDigit(std::optional<DigitHistory> digit) {
    content_.digit = std::move(digit);
    update();
}

void HistoryFigure::setEpoch(int epoch) {
    if (epoch != epoch_) {
        epoch_ = epoch;
        update();
    }
}

QString HistoryFigure::spokenValues() const {
    return spokenEpoch(epoch_);
}

QSize HistoryFigure::minimumSizeHint() const {
    return HistoryLayout::minimumSize(font());
}

bool HistoryFigure::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto epoch = HistoryLayout(rect(), font(), scale_).epochAt(help->pos());
        QToolTip::showText(help->globalPos(), epoch ? spokenEpoch(*epoch) : QString(), this);
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        update();
    }
    return Figure::event(event);
}

void HistoryFigure::keyPressEvent(QKeyEvent* event) {
    int to = epoch_;
    switch (event->key()) {
        case Qt::Key_Left:
            --to;
            break;
        case Qt::Key_Right:
            ++to;
            break;
        case Qt::Key_Home:
            to = 1;
            break;
        case Qt::Key_End:
            to = scale_.epochs;
            break;
        default:
            Figure::keyPressEvent(event);
            return;
    }
    emit epochChosen(std::clamp(to, 1, scale_.epochs));
}

void HistoryFigure::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) {
        chooseAt(event->position());
    }
}

void HistoryFigure::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) {
        chooseAt(event->position());
    }
}

void HistoryFigure::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintHistory(painter, rect(), content_, scale_, look(), epoch_);
    if (hasFocus()) {
        painter.setPen(QPen(look().accent(), 2.0));
        painter.drawRect(QRectF(rect()).adjusted(1.0, 1.0, -1.0, -1.0));
    }
}

QString HistoryFigure::spokenEpoch(int epoch) const {
    const QLocale locale;
    const QString number = locale.toString(epoch);
    if (epoch < 1 || epoch > static_cast<int>(content_.changes.size())) {
        return tr("%1 has no epoch %2.").arg(content_.label, number);
    }
    const auto index = static_cast<std::size_t>(epoch - 1);
    const EpochChange& change = content_.changes[index];
    if (!change.wrong) {
        return tr("Epoch %1 was not kept.").arg(number);
    }
    QStringList sentences;
    const QString wrong = locale.toString(*change.wrong);
    sentences << (change.learned && change.lost
                      ? tr("After epoch %1: %2 wrong, %3 learned, %4 lost.")
                            .arg(number, wrong, locale.toString(*change.learned),
                                 locale.toString(*change.lost))
                      : tr("After epoch %1: %2 wrong.").arg(number, wrong));
    if (content_.digit && index < content_.digit->read.size() && content_.digit->read[index]) {
        sentences << tr("Image %1, a %2, was read as %3.")
                         .arg(content_.digit->image + 1)
                         .arg(content_.digit->label)
                         .arg(*content_.digit->read[index]);
    }
    return sentences.join(' ');
}

void HistoryFigure::chooseAt(QPointF point) {
    if (const auto epoch = HistoryLayout(rect(), font(), scale_).epochAt(point)) {
        emit epochChosen(*epoch);
    }
}

}  // namespace normscope
