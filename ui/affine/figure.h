#pragma once

#include <QFont>
#include <QPalette>
#include <QWidget>

namespace normscope {

/// What a drawing on this page looks like: on the screen the widget's, in a picture always light.
struct FigureLook {
    QPalette palette;
    QFont font;

    QFont bold() const;
    QColor text() const { return palette.color(QPalette::WindowText); }
    QColor muted() const { return palette.color(QPalette::PlaceholderText); }
    QColor hairline() const { return palette.color(QPalette::Midlight); }
    QColor accent() const { return palette.color(QPalette::Highlight); }
};

/// A number on the screen: as many digits as can be told apart in a drawing.
QString figureNumber(double value);
/// "43 %".
QString percentText(double share);

/// A drawing that a screen reader can read out: its name, and its values in words.
class Figure : public QWidget {
    Q_OBJECT

  public:
    explicit Figure(QWidget* parent = nullptr);

    virtual QString spokenValues() const = 0;

    /// Takes all room there is and asks for no more than it needs.
    QSize sizeHint() const override { return minimumSizeHint(); }

  protected:
    FigureLook look() const { return {palette(), font()}; }
    void changeEvent(QEvent* event) override;
};

}  // namespace normscope
