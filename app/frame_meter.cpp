#include "app/frame_meter.h"

#include <QCoreApplication>
#include <QEvent>
#include <QWidget>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace normscope {
namespace {

constexpr int kBeatMilliseconds = 5;

double milliseconds(const QElapsedTimer& timer) {
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

nlohmann::ordered_json toObject(const TimeFigures& figures) {
    return {{"median_ms", figures.median}, {"p99_ms", figures.p99}, {"worst_ms", figures.worst}};
}

}  // namespace

TimeFigures figuresOf(std::vector<double> milliseconds) {
    if (milliseconds.empty()) {
        return {};
    }
    std::ranges::sort(milliseconds);
    const auto at = [&](double share) {
        return milliseconds[static_cast<std::size_t>(share *
                                                     static_cast<double>(milliseconds.size() - 1))];
    };
    return {.median = at(0.5), .p99 = at(0.99), .worst = milliseconds.back()};
}

QByteArray toJson(const FrameFigures& figures) {
    const nlohmann::ordered_json json{{"seconds", figures.seconds},
                                      {"delay", toObject(figures.delay)},
                                      {"paint", toObject(figures.paint)},
                                      {"frames_per_second", figures.frames},
                                      {"repaints_per_second", figures.repaints}};
    return QByteArray::fromStdString(json.dump());
}

FrameMeter::FrameMeter(QWidget& window) : window_(window) {
    heart_.setTimerType(Qt::PreciseTimer);
    heart_.setInterval(kBeatMilliseconds);
    connect(&heart_, &QTimer::timeout, this, &FrameMeter::beat);
    QCoreApplication::instance()->installEventFilter(this);
}

void FrameMeter::start() {
    watchReplots();
    delays_.clear();
    paints_.clear();
    repaints_.clear();
    replotted_ = 0.0;
    sinceStart_.start();
    sinceBeat_.start();
    heart_.start();
}

FrameFigures FrameMeter::figures() const {
    if (!sinceStart_.isValid()) {
        return {};
    }
    const double seconds = milliseconds(sinceStart_) / 1e3;
    int most = 0;
    for (const auto& [widget, count] : repaints_) {
        most = std::max(most, count);
    }
    return {.seconds = seconds,
            .delay = figuresOf(delays_),
            .paint = figuresOf(paints_),
            .frames = static_cast<double>(paints_.size()) / seconds,
            .repaints = most / seconds};
}

void FrameMeter::beat() {
    delays_.push_back(milliseconds(sinceBeat_) - kBeatMilliseconds);
    sinceBeat_.start();
}

/// Plots draw into pictures of their own before the window paints these. By name, for a window has
/// no plots, and needs no QCustomPlot, before its pages are built.
void FrameMeter::watchReplots() {
    for (const QWidget* widget : window_.findChildren<QWidget*>()) {
        if (widget->inherits("QCustomPlot")) {
            connect(widget, SIGNAL(beforeReplot()), this, SLOT(beginReplot()),
                    Qt::UniqueConnection);
            connect(widget, SIGNAL(afterReplot()), this, SLOT(endReplot()), Qt::UniqueConnection);
        }
    }
}

void FrameMeter::beginReplot() {
    replot_.start();
}

void FrameMeter::endReplot() {
    replotted_ += milliseconds(replot_);
}

bool FrameMeter::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Paint) {
        ++repaints_[watched];
    }
    return event->type() == QEvent::UpdateRequest && watched == &window_ && !painting_ &&
           paintFrame(watched, event);
}

/// Delivers the event itself, to know when it has been dealt with.
bool FrameMeter::paintFrame(QObject* window, QEvent* event) {
    QElapsedTimer timer;
    timer.start();
    painting_ = true;
    QCoreApplication::sendEvent(window, event);
    painting_ = false;
    paints_.push_back(milliseconds(timer) + std::exchange(replotted_, 0.0));
    return true;
}

}  // namespace normscope
