#pragma once

#include <QWidget>
#include <vector>

#include "ui/chart/chart_content.h"
#include "ui/chart/chart_fit.h"
#include "ui/chart/chart_zoom.h"
#include "ui/chart/curve_smoother.h"

class QLabel;
class QToolButton;

namespace normscope {

class CurvePlot;
class LegendBar;
class Readout;

/// A live line chart of one figure of all models: title and legend in one line, and the plot.
///
/// Mouse: hover reads out, drag zooms to a rectangle, the wheel zooms about the pointer (over an
/// axis: that axis alone), double-click fits. Keys: Left and Right read out, Up and Down zoom, Home
/// fits, Escape ends the read-out. A fitted chart follows its data; a zoomed one stays where it is.
class MetricChart : public QWidget {
    Q_OBJECT

  public:
    explicit MetricChart(const ChartDescription& description, QWidget* parent = nullptr);
    ~MetricChart() override;

    /// Starts anew with these curves, empty and visible.
    void setCurves(std::vector<CurveDescription> curves);
    /// Adds a point: x in epochs, y the loss or the accuracy 0..1. Painted at the next refresh().
    void append(std::size_t curve, double x, double y);
    /// Thins and paints what has changed; does nothing if nothing has.
    void refresh();

    /// Weight 0..0.999 of TensorBoard's smoothing; 0 is off. Of very long curves it is worked out
    /// bit by bit, and shown once it is there; until then the chart shows the one before.
    void setSmoothing(double weight);
    /// Ignored by a chart that cannot be logarithmic.
    void setLogarithmic(bool logarithmic);
    void setCurveVisible(std::size_t curve, bool visible);
    /// How far the training will go: a fitted chart leaves no room beyond it. 0: not known.
    void setPlannedEpochs(int epochs);
    /// Shows everything and follows the data again.
    void fit();

    /// What an empty plot says, a sentence about what to do next.
    void setEmptyText(const QString& text);
    /// Whether this chart fills the page alone; the enlarge button then leads back.
    void setExpanded(bool expanded);

    const ChartContent& content() const { return content_; }
    /// The axis ranges now shown, in shown units.
    const ChartView& view() const { return view_; }
    /// Zooms there and stays there.
    void setView(const ChartView& view);
    bool isFollowing() const { return following_; }

    /// The values of all visible curves at the read-out, else the latest, in plain words.
    QString spokenValues() const;

  signals:
    void curveToggled(std::size_t curve, bool visible);
    void expandRequested();
    void pictureRequested();
    void copyRequested();
    void dataRequested();

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    QLayout* makeHeader();
    void makePlot();
    void connectMouse();
    void applyLook();
    void takeIcons();
    void markDirty() { dirty_ = true; }
    /// For what a person does: they must not wait for the page's next refresh().
    void refreshNow();
    void present();

    double epochsPerPixel() const;
    void readOutAt(double x);
    void stepReadout(int direction);
    void endReadout();
    void zoomAbout(QPointF centre, double factor, ZoomAxes axes);
    void zoomByWheel(const QPointF& pixel, int angle);
    void zoomToRect(const QRect& pixels);

    ChartContent content_;
    ChartView view_;
    bool following_ = true;
    bool dirty_ = true;
    int presentedWidth_ = 0;  ///< of the plot, when its curves were thinned for it
    CurveSmoother smoother_{content_};

    QLabel* title_ = nullptr;
    QToolButton* expandButton_ = nullptr;
    QToolButton* exportButton_ = nullptr;
    bool expanded_ = false;
    LegendBar* legend_ = nullptr;
    CurvePlot* plot_ = nullptr;
    QLabel* emptyText_ = nullptr;
    Readout* readout_ = nullptr;  ///< owned by plot_
};

}  // namespace normscope
