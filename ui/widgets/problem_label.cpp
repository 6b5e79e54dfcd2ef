#include "ui/widgets/problem_label.h"

#include <QEvent>

#include "ui/norm_style.h"

namespace normscope {
namespace {

// Both keep a contrast of at least 5:1 on the usual light and dark window colours.
constexpr QRgb kOnLight = 0xffb3261e;
constexpr QRgb kOnDark = 0xffffb4ab;

}  // namespace

ProblemLabel::ProblemLabel(QWidget* parent) : QLabel(parent) {
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
    hide();
    takeColour();
}

void ProblemLabel::setProblem(const QString& sentence) {
    setText(sentence);
    setVisible(!sentence.isEmpty());
}

void ProblemLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        takeColour();
    }
}

void ProblemLabel::takeColour() {
    const QColor colour(isDark(palette()) ? kOnDark : kOnLight);
    if (palette().color(QPalette::WindowText) != colour) {
        QPalette own = palette();
        own.setColor(QPalette::WindowText, colour);
        setPalette(own);
    }
}

}  // namespace normscope
