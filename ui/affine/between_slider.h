#pragma once

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace normscope {

/// From fully normalized at 0 to the original at 1 and a little beyond. The slider, and below it
/// the marks on it, both ends of which can be pressed; both start at one left edge.
class BetweenSlider : public QWidget {
    Q_OBJECT

  public:
    explicit BetweenSlider(QWidget* parent = nullptr);

    /// Moves the handle; emits nothing.
    void setPlace(double place);
    /// Has a place of its own in the layout, straight above this widget.
    QSlider* slider() const { return slider_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  signals:
    void placeChosen(double place);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    /// The slider may be resized where this widget is not.
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QToolButton* makeEnd(const QString& text, double place);
    void placeLabels();
    int xOf(double place) const;
    void take(int value);

    QSlider* slider_;
    QToolButton* normalized_;
    QToolButton* original_;
    QLabel* beyond_;
};

}  // namespace normscope
