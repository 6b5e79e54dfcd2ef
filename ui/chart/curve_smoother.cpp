#include "ui/chart/curve_smoother.h"

#include <algorithm>

namespace normscope {
namespace {

/// Points, of all curves: some milliseconds.
constexpr std::size_t kPointsAtOnce = 200'000;

}  // namespace

CurveSmoother::CurveSmoother(ChartContent& content, QObject* parent)
    : QObject(parent), content_(content) {
    next_.setSingleShot(true);
    next_.setInterval(0);
    connect(&next_, &QTimer::timeout, this, &CurveSmoother::goOn);
}

void CurveSmoother::setWeight(double weight) {
    wanted_ = std::clamp(weight, 0.0, 0.999);
    if (!next_.isActive()) {
        start();
    }
}

void CurveSmoother::restart() {
    next_.stop();
    content_.smoothing = wanted_;
    for (Curve& curve : content_.curves) {
        curve.data.setSmoothing(wanted_);
    }
}

void CurveSmoother::start() {
    prepared_ = wanted_;
    for (Curve& curve : content_.curves) {
        curve.data.prepareSmoothing(prepared_);
    }
    if (prepare() < kPointsAtOnce) {
        apply();
    } else {
        next_.start();
    }
}

void CurveSmoother::goOn() {
    if (prepare() > 0) {
        next_.start();
        return;
    }
    apply();  // in a turn of its own: drawing takes its time too
    if (wanted_ != prepared_) {
        start();
    }
}

/// Some of the points; returns how many.
std::size_t CurveSmoother::prepare() {
    std::size_t done = 0;
    for (Curve& curve : content_.curves) {
        done += curve.data.prepareSome(kPointsAtOnce - done);
    }
    return done;
}

void CurveSmoother::apply() {
    for (Curve& curve : content_.curves) {
        curve.data.applySmoothing();
    }
    content_.smoothing = prepared_;
    emit applied();
}

}  // namespace normscope
