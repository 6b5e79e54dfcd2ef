#pragma once

#include <QAbstractScrollArea>
#include <memory>
#include <optional>

#include "ui/normalize/sheet_canvas.h"
#include "ui/normalize/sheet_layout.h"
#include "ui/normalize/sheet_navigation.h"
#include "ui/normalize/sheet_painter.h"
#include "ui/normalize/sheet_selection.h"

class QHelpEvent;
class QMenu;
class QVariantAnimation;

namespace normscope {

class SheetDocument;
class SheetEditor;

/// The sheet on the screen: scrolls, zooms (Ctrl+wheel, pinch, Ctrl+plus and minus, Ctrl+0 fits),
/// lights up the set under the mouse, has a current cell that moves as in a spreadsheet, and lets
/// the cells of the input be edited in place. Regrouping glides unless motion is off.
class SheetView : public QAbstractScrollArea {
    Q_OBJECT

  public:
    explicit SheetView(SheetDocument& document, QWidget* parent = nullptr);
    ~SheetView() override;

    SheetDocument& document() { return document_; }
    const SheetDocument& document() const { return document_; }

    std::optional<SheetCell> hovered() const { return hovered_; }
    std::optional<SheetCell> current() const { return current_; }
    void setCurrent(const std::optional<SheetCell>& cell);

    /// The input shows d(output)/d(input) while the current cell is one of the output.
    void setBackwards(bool on);
    bool isBackwards() const { return backwards_; }
    std::optional<CellIndex> gradientOf() const;  ///< that output cell, while it does
    void setMotion(bool on);

    qreal zoom() const { return zoom_; }
    bool isFitted() const { return fitted_; }
    void setZoom(qreal zoom, QPointF around);  ///< a point of the viewport that stays put
    void zoomIn();
    void zoomOut();
    void fit();  ///< and stays fitted while the window changes, until zoomed by hand

    // Selection and clipboard; Shift with arrows or the mouse extends.
    const std::optional<SheetSelection>& selection() const { return selection_; }
    void selectAll();  ///< of the part of the current cell
    void copy();
    void paste();
    void clearCells();  ///< sets the selected cells of the input to 0
    /// Opens the field over the current cell, with its number in it; only the input has one.
    void edit();

    const SheetLayout& sheetLayout() const { return *layout_; }
    QRectF viewportRect(const SheetCell& cell) const;  ///< where the cell is on the viewport
    /// The cell at this point of the viewport; on the statistics of a set, the first cell of it.
    std::optional<SheetCell> cellUnder(QPointF viewportPoint) const;
    /// "Image 1, channel 2, row 1, column 3 of the input: 2, set S1", for screen readers.
    QString spoken(const SheetCell& cell) const;

  signals:
    void hoveredChanged();
    void currentChanged();
    void zoomChanged();
    /// What was typed or pasted does not make sense; empty when it does again.
    void problem(const QString& sentence);

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    // sheet_view.cpp: what is shown
    void takeDocument();
    void takeShape();
    void takeSpec();
    SheetScene scene() const;
    void repaintAll();
    SheetLayout makeLayout(Arrangement arrangement) const;
    void showLayout(const SheetLayout& layout);
    void glideTo(const SheetLayout& layout);
    void paintSelection(QPainter& painter) const;

    // sheet_view_zoom.cpp: and where
    QSizeF room() const;  ///< for a sheet that is fitted
    qreal leastZoom() const;
    SheetFit fitOf(const SheetLayout& layout) const;
    Arrangement bestArrangementHere() const;
    Arrangement fittingArrangement() const;
    void arrange();
    void refit();
    void applyZoom(qreal zoom);
    QPointF zoomCentre() const;
    void updateScrollBars();
    void ensureVisible(const SheetCell& cell);
    QPoint origin() const;
    QPointF toSheet(QPointF viewportPoint) const;

    // sheet_view_mouse.cpp
    CellIndex nearestInPart(SheetPart part, QPointF viewportPoint) const;
    void hover(std::optional<QPointF> viewportPoint);
    void showToolTip(const QHelpEvent& event);

    void forgetMouse();  ///< until it moves again

    // sheet_view_keys.cpp
    void move(SheetMove move, bool extending);
    void extendTo(const CellIndex& reach);
    void goToPart(int direction);
    bool zoomByKey(const QKeyEvent& event);
    bool moveByKey(const QKeyEvent& event);
    bool editByKey(const QKeyEvent& event);

    // sheet_view_editing.cpp
    void openEditor(const QString& text, bool selected);
    void placeEditor();
    bool commit();  ///< false when the text was refused
    void closeEditor();
    bool refuseComputed();  ///< whether the current cell is none of the input
    void setProblem(const QString& sentence);

    SheetDocument& document_;
    std::unique_ptr<SheetLayout> layout_;
    NormSpec spec_;  ///< that layout_ shows, or is on its way to
    Arrangement arrangement_ = Arrangement::Beside;
    std::unique_ptr<QVariantAnimation> glide_;
    SheetCanvas canvas_;

    std::optional<QPointF> mouse_;
    std::optional<SheetCell> hovered_;
    std::optional<SheetCell> current_;
    std::optional<SheetSelection> selection_;
    SheetEditor* editor_ = nullptr;
    QMenu* menu_;
    QString problem_;
    bool backwards_ = false;
    bool motion_ = true;
    bool fitted_ = true;
    qreal zoom_ = 1.0;
};

}  // namespace normscope
