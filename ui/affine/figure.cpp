#include "ui/affine/figure.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QEvent>
#include <QLocale>
#include <cmath>

namespace normscope {
namespace {

class AccessibleFigure : public QAccessibleWidget {
  public:
    explicit AccessibleFigure(Figure* figure)
        : QAccessibleWidget(figure, QAccessible::Chart), figure_(figure) {}

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value || kind == QAccessible::Description
                   ? figure_->spokenValues()
                   : QAccessibleWidget::text(kind);
    }

  private:
    Figure* figure_;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* figure = qobject_cast<Figure*>(object);
    return figure == nullptr ? nullptr : new AccessibleFigure(figure);
}

}  // namespace

QFont FigureLook::bold() const {
    QFont bold = font;
    bold.setWeight(QFont::DemiBold);
    return bold;
}

QString figureNumber(double value) {
    constexpr double kLeast = 0.0005;  // what three decimals round to something
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const double magnitude = std::abs(value);
    if (magnitude < kLeast) {
        return locale.toString(0.0, 'f', 3);
    }
    return magnitude < 100.0 ? locale.toString(value, 'f', 3) : locale.toString(value, 'g', 4);
}

QString percentText(double share) {
    const double percent = 100.0 * share;
    const bool whole = percent == 0.0 || percent == 100.0;
    // Never 0 or 100 for what is not quite that.
    const bool nearAnEnd = !whole && (percent < 1.0 || percent > 99.0);
    return Figure::tr("%1 %").arg(QLocale().toString(percent, 'f', nearAnEnd ? 1 : 0));
}

Figure::Figure(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
}

void Figure::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        updateGeometry();
        update();
    }
}

}  // namespace normscope
