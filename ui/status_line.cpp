#include "ui/status_line.h"

#include <QEvent>

namespace normscope {
namespace {

constexpr int kPassingMilliseconds = 6000;

}  // namespace

StatusLine::StatusLine(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setForegroundRole(QPalette::PlaceholderText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    passingEnds_.setSingleShot(true);
    passingEnds_.setInterval(kPassingMilliseconds);
    connect(&passingEnds_, &QTimer::timeout, this, [this] {
        passing_.clear();
        refresh();
    });
}

void StatusLine::setLasting(const QString& text) {
    lasting_ = text;
    refresh();
}

void StatusLine::showPassing(const QString& text) {
    passing_ = text;
    passingEnds_.start();
    refresh();
}

QSize StatusLine::minimumSizeHint() const {
    return {0, QLabel::minimumSizeHint().height()};
}

void StatusLine::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        refresh();
    }
}

void StatusLine::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    refresh();
}

void StatusLine::refresh() {
    const QString whole = passing_.isEmpty() ? lasting_ : passing_;
    const QString shown = fontMetrics().elidedText(whole, Qt::ElideRight, contentsRect().width());
    setText(shown);
    setToolTip(shown == whole ? QString() : whole);
    setAccessibleName(whole);
}

}  // namespace normscope
