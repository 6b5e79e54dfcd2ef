#include "ui/themed_icon.h"

#include <QFile>
#include <QSvgRenderer>

#include "ui/painted_icon_engine.h"

/// A static library's resources are dropped by the linker unless somebody asks for them. The macro
/// does not work inside a namespace.
static void loadIcons() {
    Q_INIT_RESOURCE(icons);
}

namespace normscope {
namespace {

/// Paints an SVG afresh at whatever size is asked for, "currentColor" replaced by the colour of the
/// mode.
class SvgIconEngine final : public PaintedIconEngine {
  public:
    SvgIconEngine(QByteArray svg, const QPalette& palette, QPalette::ColorRole role)
        : svg_(std::move(svg)), palette_(palette), role_(role) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        QByteArray svg = svg_;
        svg.replace("currentColor", colourOf(mode).name().toLatin1());
        QSvgRenderer renderer(svg);
        renderer.setAspectRatioMode(Qt::KeepAspectRatio);
        renderer.render(painter, rect);
    }

    QIconEngine* clone() const override { return new SvgIconEngine(*this); }

  private:
    QColor colourOf(QIcon::Mode mode) const {
        switch (mode) {
            case QIcon::Disabled:
                return palette_.color(QPalette::Disabled, role_);
            case QIcon::Selected:
                return palette_.color(QPalette::HighlightedText);
            default:
                return palette_.color(QPalette::Active, role_);
        }
    }

    QByteArray svg_;
    QPalette palette_;
    QPalette::ColorRole role_;
};

}  // namespace

QIcon themedIcon(const QString& name, const QPalette& palette, QPalette::ColorRole role) {
    loadIcons();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("There is no icon %s.", qPrintable(name));
        return {};
    }
    return QIcon(new SvgIconEngine(file.readAll(), palette, role));
}

QIcon applicationIcon() {
    return themedIcon(QStringLiteral("org.normscope.Normscope"), QPalette());
}

}  // namespace normscope
