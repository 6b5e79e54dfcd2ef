#pragma once

#include <QImage>
#include <QList>
#include <QPointF>
#include <optional>

#include "core/drawn_digit.h"
#include "ui/affine/figure.h"
#include "ui/misclassified/given_picture.h"

class QMimeData;

namespace normscope {

/// Paper to draw a digit on: with the mouse, with a pen whose pressure counts, or with the arrow
/// keys, where the space bar puts the pen down and lifts it. Takes dropped and pasted pictures.
class DrawingBoard : public Figure {
    Q_OBJECT

  public:
    explicit DrawingBoard(QWidget* parent = nullptr);

    static constexpr int kSide = 280;  ///< of its ink, in pixels

    GreyImage ink() const;
    bool isBlank() const { return items_.isEmpty(); }
    bool canUndo() const { return !history_.isEmpty(); }

    void clear();
    void undo();
    /// Puts the ink of a picture in the place of all that was drawn, as large as fits.
    void setInk(const GreyImage& ink);
    /// Takes what a drop or the clipboard holds: a picture, or the file of one. Whether it could.
    bool take(const QMimeData* given);

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override { return width; }

  signals:
    void inkChanged();
    void pictureGiven(const normscope::GivenPicture& given);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void tabletEvent(QTabletEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    struct Dot {
        QPointF at;  ///< in pixels of the ink
        double width = 0.0;
    };
    /// A stroke, or the ink of a picture.
    struct Item {
        QList<Dot> stroke;
        QImage picture;
    };

    QRectF paper() const;
    QPointF toInk(QPointF position) const;
    void begin(QPointF at, double pressure);
    void extend(QPointF at, double pressure);
    void end();
    void movePen(QPointF by);
    void togglePen();
    void change(QList<Item> items);
    void paintStroke(const QList<Dot>& stroke, qsizetype from);
    void repaintInk();

    QList<Item> items_;
    QList<QList<Item>> history_;  ///< before each change
    QImage ink_;
    bool drawing_ = false;
    QPointF pen_{kSide / 2.0, kSide / 4.0};  ///< of the keyboard
    bool penDown_ = false;
    bool showsPen_ = false;
};

}  // namespace normscope
