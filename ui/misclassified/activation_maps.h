#pragma once

#include <optional>

#include "core/reading.h"
#include "ui/affine/figure.h"

namespace normscope {

/// The maps of all channels before and after one norm layer, side by side on one scale of colours.
/// A cell is pointed at with the mouse or moved to with the arrow keys, page keys change the
/// channel; its values stand below, and it is marked on both sides.
class ActivationMaps : public Figure {
    Q_OBJECT

  public:
    explicit ActivationMaps(QWidget* parent = nullptr);

    /// `normLayer` from 0. Without normalization `normalizes` is false.
    void setMaps(LayerMaps maps, int normLayer, bool normalizes);
    void clear();

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    enum class Side { Before, After };
    struct Layout {
        int columns = 1;
        double cell = 1.0;  ///< side of one value
        double step = 1.0;  ///< from map to map
        double line = 0.0;
        double after = 0.0;  ///< left end of the maps after the layer
        double top = 0.0;
        double bar = 0.0;  ///< top of the scale of colours
    };
    Layout layOut() const;
    QRectF mapPlace(const Layout& layout, Side side, int channel) const;
    void paintSide(QPainter& painter, const Layout& layout, Side side) const;
    void paintCursor(QPainter& painter, const Layout& layout) const;
    void paintScale(QPainter& painter, const Layout& layout) const;
    std::optional<CellIndex> cellAt(QPointF at) const;
    void moveTo(std::optional<CellIndex> cell);
    QString readout() const;
    const Shape4& shape() const { return maps_.before.shape; }

    LayerMaps maps_;
    bool empty_ = true;
    int normLayer_ = 0;
    bool normalizes_ = true;
    double low_ = 0.0;
    double high_ = 0.0;
    std::optional<CellIndex> cell_;
};

}  // namespace normscope
