#include "ui/misclassified/agreement_figure.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/misclassified/agreement_words.h"

namespace normscope {

AgreementFigure::AgreementFigure(QWidget* parent) : Figure(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Who misreads what"));
}

void AgreementFigure::setContent(AgreementContent content) {
    content_ = std::move(content);
    current_ = content_.sets.empty() ? 0 : std::min(current_, content_.sets.size() - 1);
    updateGeometry();
    update();
}

void AgreementFigure::setFilter(const MisreaderFilter& filter) {
    filter_ = filter;
    update();
}

QString AgreementFigure::spokenValues() const {
    QStringList sentences;
    if (hasFocus() && !content_.sets.empty()) {
        sentences << spokenMistakes(content_.sets[current_], content_.labels);
    }
    for (const SharedMistakes& set : content_.sets) {
        sentences << spokenMistakes(set, content_.labels);
    }
    return sentences.isEmpty() ? tr("No model misreads any image.") : sentences.join(' ');
}

QSize AgreementFigure::minimumSizeHint() const {
    return AgreementLayout::minimumSize(font(), content_);
}

bool AgreementFigure::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) {
        return Figure::event(event);
    }
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto set = setUnder(help->pos());
    QToolTip::showText(help->globalPos(),
                       set ? spokenMistakes(content_.sets[*set], content_.labels) : QString(),
                       this);
    return true;
}

void AgreementFigure::focusInEvent(QFocusEvent* event) {
    Figure::focusInEvent(event);
    update();
}

void AgreementFigure::focusOutEvent(QFocusEvent* event) {
    Figure::focusOutEvent(event);
    update();
}

void AgreementFigure::keyPressEvent(QKeyEvent* event) {
    if (content_.sets.empty()) {
        Figure::keyPressEvent(event);
        return;
    }
    const std::size_t last = content_.sets.size() - 1;
    switch (event->key()) {
        case Qt::Key_Left:
            moveTo(current_ == 0 ? 0 : current_ - 1);
            break;
        case Qt::Key_Right:
            moveTo(std::min(current_ + 1, last));
            break;
        case Qt::Key_Home:
            moveTo(0);
            break;
        case Qt::Key_End:
            moveTo(last);
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            emit setChosen(content_.sets[current_].models);
            break;
        default:
            Figure::keyPressEvent(event);
    }
}

void AgreementFigure::mousePressEvent(QMouseEvent* event) {
    const auto set = setUnder(event->position());
    if (event->button() == Qt::LeftButton && set) {
        moveTo(*set);
        emit setChosen(content_.sets[*set].models);
    }
}

void AgreementFigure::paintEvent(QPaintEvent*) {
    AgreementMarks marks;
    for (std::size_t set = 0; set < content_.sets.size() && !filter_.isEmpty(); ++set) {
        if (filter_.takes(content_.sets[set].models)) {
            marks.chosen.push_back(set);
        }
    }
    if (hasFocus() && !content_.sets.empty()) {
        marks.current = current_;
    }
    QPainter painter(this);
    paintAgreement(painter, rect(), content_, look(), marks);
}

std::optional<std::size_t> AgreementFigure::setUnder(QPointF point) const {
    return AgreementLayout(rect(), font(), content_).columnAt(point);
}

void AgreementFigure::moveTo(std::size_t set) {
    current_ = set;
    QAccessibleValueChangeEvent changed(this, spokenMistakes(content_.sets[set], content_.labels));
    QAccessible::updateAccessibility(&changed);
    update();
}

}  // namespace normscope
