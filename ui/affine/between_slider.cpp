#include "ui/affine/between_slider.h"

#include <QEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "ui/affine/affine_bench.h"

namespace normscope {
namespace {

constexpr int kStepsToOriginal = 1000;
constexpr int kSingleStep = 10;
constexpr int kPageStep = 100;
constexpr int kMargin = 4;
constexpr int kSnap = 8;  ///< while dragging; a pixel is worth one or two steps

int stepsOf(double place) {
    return static_cast<int>(std::lround(place * kStepsToOriginal));
}

}  // namespace

BetweenSlider::BetweenSlider(QWidget* parent)
    : QWidget(parent),
      slider_(new QSlider(Qt::Horizontal, parent)),
      normalized_(makeEnd(tr("fully normalized"), 0.0)),
      original_(makeEnd(tr("original"), 1.0)),
      beyond_(new QLabel(tr("beyond"), this)) {
    slider_->installEventFilter(this);
    slider_->setAccessibleName(tr("Between slider"));
    slider_->setToolTip(
        tr("From gamma 1, beta 0 to the pair that brings back the original, and a "
           "little beyond."));
    slider_->setRange(0, stepsOf(AffineBench::kBeyond));
    slider_->setSingleStep(kSingleStep);
    slider_->setPageStep(kPageStep);
    beyond_->setForegroundRole(QPalette::PlaceholderText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(slider_, &QSlider::valueChanged, this, &BetweenSlider::take);
}

void BetweenSlider::setPlace(double place) {
    const QSignalBlocker blocker(slider_);
    slider_->setValue(stepsOf(place));
}

QSize BetweenSlider::sizeHint() const {
    return minimumSizeHint();
}

QSize BetweenSlider::minimumSizeHint() const {
    const int normalized = fontMetrics().horizontalAdvance(tr("normalized"));
    return {normalized + 2 * original_->sizeHint().width(), fontMetrics().height() + kMargin};
}

void BetweenSlider::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeLabels();
}

void BetweenSlider::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
        placeLabels();
    }
}

bool BetweenSlider::eventFilter(QObject* watched, QEvent* event) {
    if (watched == slider_ && event->type() == QEvent::Resize) {
        placeLabels();
    }
    return QWidget::eventFilter(watched, event);
}

QToolButton* BetweenSlider::makeEnd(const QString& text, double place) {
    auto* end = new QToolButton(this);
    end->setText(text);
    end->setAutoRaise(true);
    end->setFocusPolicy(Qt::TabFocus);
    connect(end, &QToolButton::clicked, this, [this, place] { emit placeChosen(place); });
    return end;
}

/// Each under its place on the groove, as far as the widget reaches. What does not fit goes in the
/// order of what can be missed: "beyond", then "fully".
void BetweenSlider::placeLabels() {
    const auto put = [this](QWidget* label, int x) {
        label->resize(label->sizeHint().width(), height());
        const int left = std::min(x - label->width() / 2, width() - label->width());
        label->move(std::max(left, 0), 0);
    };
    put(original_, xOf(1.0));
    put(beyond_, slider_->width());
    const int afterOriginal = original_->geometry().right() + kMargin;
    beyond_->move(std::max(slider_->width() - beyond_->width(), afterOriginal), 0);
    beyond_->setVisible(beyond_->geometry().right() < width());
    normalized_->setText(tr("fully normalized"));
    put(normalized_, xOf(0.0));
    if (normalized_->geometry().right() >= original_->x()) {
        normalized_->setText(tr("normalized"));
        put(normalized_, xOf(0.0));
    }
    if (normalized_->geometry().right() >= original_->x()) {
        original_->move(normalized_->geometry().right() + 1, 0);
        beyond_->hide();
    }
}

int BetweenSlider::xOf(double place) const {
    const int handle = style()->pixelMetric(QStyle::PM_SliderLength, nullptr, slider_);
    return handle / 2 + QStyle::sliderPositionFromValue(slider_->minimum(), slider_->maximum(),
                                                        stepsOf(place), slider_->width() - handle);
}

void BetweenSlider::take(int value) {
    if (slider_->isSliderDown()) {
        for (const int end : {0, kStepsToOriginal}) {
            value = std::abs(value - end) <= kSnap ? end : value;
        }
    }
    emit placeChosen(static_cast<double>(value) / kStepsToOriginal);
}

}  // namespace normscope
