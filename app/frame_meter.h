#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <map>
#include <vector>

namespace normscope {

/// Of many times, in milliseconds.
struct TimeFigures {
    double median = 0.0;
    double p99 = 0.0;
    double worst = 0.0;
};

TimeFigures figuresOf(std::vector<double> milliseconds);

/// What a FrameMeter has seen.
struct FrameFigures {
    double seconds = 0.0;
    TimeFigures delay;      ///< how late the event loop came to a timer of 5 ms
    TimeFigures paint;      ///< of a frame: plots that were drawn anew, widgets, handing it over
    double frames = 0.0;    ///< a second, of the window
    double repaints = 0.0;  ///< a second, of the widget that was painted most often
};

/// One line of JSON.
QByteArray toJson(const FrameFigures& figures);

/// Measures how live the window is: looks on as events pass by, and changes nothing of them. It is
/// for a look behind the scenes, and for the benchmark.
class FrameMeter : public QObject {
    Q_OBJECT

  public:
    explicit FrameMeter(QWidget& window);

    /// Forgets what was seen, and begins, with the plots that there are by now.
    void start();
    FrameFigures figures() const;

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private slots:
    void beginReplot();
    void endReplot();

  private:
    void beat();
    void watchReplots();
    bool paintFrame(QObject* window, QEvent* event);

    QWidget& window_;
    QTimer heart_;
    QElapsedTimer sinceStart_;
    QElapsedTimer sinceBeat_;
    QElapsedTimer replot_;
    std::vector<double> delays_;
    std::vector<double> paints_;
    std::map<const QObject*, int> repaints_;
    double replotted_ = 0.0;  ///< milliseconds since the last frame
    bool painting_ = false;
};

}  // namespace normscope
