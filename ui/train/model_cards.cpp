#include "ui/train/model_cards.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QSignalBlocker>
#include <algorithm>

#include "ui/norm_style.h"
#include "ui/theme.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/problem_label.h"

namespace normscope {
namespace {

constexpr double kLargeNumber = 1.8;
constexpr int kProgressSteps = 1000;

QLabel* makeValue(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return label;
}

QString totalText(int testTotal) {
    return ModelCard::tr("wrong of %1").arg(QLocale().toString(testTotal));
}

QString wrongText(const ModelProgress& progress, int testTotal) {
    if (progress.epochs.empty()) {
        return QStringLiteral("—");
    }
    return QLocale().toString(wrongOf(progress.epochs.back(), testTotal));
}

QString epochText(int epoch, int totalEpochs) {
    const QLocale locale;
    return epoch == 0 ? QString()
                      : ModelCard::tr("epoch %1 of %2")
                            .arg(locale.toString(epoch), locale.toString(totalEpochs));
}

QString speedText(double imagesPerSecond) {
    return imagesPerSecond > 0.0
               ? ModelCard::tr("%1 images/s").arg(QLocale().toString(imagesPerSecond, 'f', 0))
               : QString();
}

QString timeLeftText(double seconds) {
    return ModelCard::tr("%1 left").arg(durationText(seconds));
}

/// A model with time left is training; that need not be said as well.
QString statusText(const ModelProgress& progress, int batchSize) {
    const auto left = progress.secondsLeft(batchSize);
    return left ? timeLeftText(*left) : phaseText(progress.phase);
}

}  // namespace

ModelCard::ModelCard(const CurveDescription& curve, QWidget* parent)
    : QFrame(parent),
      curve_(curve),
      toggle_(new QCheckBox(QString(curve.label).replace('&', "&&"), this)),
      status_(makeValue(this)),
      wrong_(new QLabel(this)),
      total_(new QLabel(this)),
      epoch_(new QLabel(this)),
      speed_(makeValue(this)),
      error_(new ProblemLabel(this)),
      progress_(new QProgressBar(this)) {
    setFrameShape(QFrame::StyledPanel);
    setProperty("card", true);
    error_->setMinimumWidth(1);
    toggle_->setChecked(true);
    toggle_->setAccessibleName(tr("Show %1").arg(curve.label));
    toggle_->setToolTip(tr("Shows or hides the curves of this model in all four charts."));
    wrong_->setToolTip(tr("Test images this model reads wrongly after its latest epoch."));
    progress_->setAccessibleName(tr("Progress of %1").arg(curve.label));
    progress_->setRange(0, kProgressSteps);
    progress_->setTextVisible(false);
    connect(toggle_, &QCheckBox::toggled, this, &ModelCard::curveToggled);
    layOut();
    fitToFont();
}

void ModelCard::display(const ModelProgress& progress, const ModelScale& scale) {
    status_->setText(statusText(progress, scale.batchSize));
    wrong_->setText(wrongText(progress, scale.testTotal));
    total_->setText(totalText(scale.testTotal));
    epoch_->setText(epochText(progress.epoch, progress.totalEpochs));
    speed_->setText(speedText(progress.imagesPerSecond));
    error_->setProblem(progress.error);
    progress_->setValue(static_cast<int>(progress.share() * kProgressSteps));
    setAccessibleName(
        tr("%1: %2 %3, %4")
            .arg(curve_.label, wrong_->text(), total_->text(), phaseText(progress.phase)));
}

void ModelCard::setCurveVisible(bool visible) {
    const QSignalBlocker blocker(toggle_);
    toggle_->setChecked(visible);
}

/// However long the sentence of a failed model is, it wraps inside a card as wide as the others.
QSize ModelCard::sizeHint() const {
    const int width = steadyWidth();
    return {width, std::max(layout()->minimumSize().height(), heightForWidth(width))};
}

QSize ModelCard::minimumSizeHint() const {
    return sizeHint();
}

void ModelCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) {
        fitToFont();
    }
}

void ModelCard::layOut() {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(kSpacing, kSpacing, kSpacing, kSpacing);
    grid->setHorizontalSpacing(kSpacing);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(0, 1);
    auto* figures = new QHBoxLayout;
    figures->setSpacing(kSpacing);
    figures->addWidget(wrong_, 0, Qt::AlignBaseline);
    figures->addWidget(total_, 1, Qt::AlignBaseline);
    grid->addWidget(toggle_, 0, 0);
    grid->addWidget(status_, 0, 1);
    grid->addLayout(figures, 1, 0, 1, 2);
    grid->addWidget(epoch_, 2, 0);
    grid->addWidget(speed_, 2, 1);
    grid->setRowMinimumHeight(3, kSpacing);
    grid->addWidget(progress_, 4, 0, 1, 2);
    grid->addWidget(error_, 5, 0, 1, 2);
    grid->setRowStretch(5, 1);
}

void ModelCard::fitToFont() {
    const int height = fontMetrics().height();
    const QSize swatch(2 * height, height);
    toggle_->setIconSize(swatch);
    toggle_->setIcon(
        swatchIcon(curveStyle(curve_.kind, curve_.variant, isDark(palette())), swatch));
    QFont large = font();
    large.setPointSizeF(kLargeNumber * large.pointSizeF());
    wrong_->setFont(large);
    progress_->setFixedHeight(std::max(kSpacing / 2, height / 3));
}

/// Room for the longest texts of a training that is large for this program.
int ModelCard::steadyWidth() const {
    constexpr int manyImages = 10'000;
    constexpr int manyEpochs = 100;
    constexpr double manySeconds = 10.0 * 60.0 * 60.0;
    const QFontMetrics small = fontMetrics();
    const QFontMetrics large = wrong_->fontMetrics();
    const int head =
        toggle_->sizeHint().width() + small.horizontalAdvance(timeLeftText(manySeconds));
    const int figures = large.horizontalAdvance(QLocale().toString(manyImages)) +
                        small.horizontalAdvance(totalText(manyImages));
    const int course = small.horizontalAdvance(epochText(manyEpochs, manyEpochs)) +
                       small.horizontalAdvance(speedText(manyImages));
    return std::max({head, figures, course}) + 3 * kSpacing + 2 * frameWidth();
}

ModelCards::ModelCards(QWidget* parent) : QWidget(parent) {
    auto* flow = new FlowLayout(FlowLayout::Spare::Shared, this);
    flow->setContentsMargins({});
    flow->setSpacing(kSpacing);
}

void ModelCards::setCurves(const std::vector<CurveDescription>& curves) {
    for (ModelCard* card : cards_) {
        delete card;
    }
    cards_.clear();
    for (std::size_t i = 0; i < curves.size(); ++i) {
        auto* card = new ModelCard(curves[i], this);
        connect(card, &ModelCard::curveToggled, this,
                [this, i](bool visible) { emit curveToggled(i, visible); });
        layout()->addWidget(card);
        card->show();
        cards_.push_back(card);
    }
}

void ModelCards::display(const std::vector<ModelProgress>& progress, const RunView& view) {
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        cards_[i]->display(progress[i], view.scaleOf(i));
    }
}

void ModelCards::setCurveVisible(std::size_t curve, bool visible) {
    cards_.at(curve)->setCurveVisible(visible);
}

}  // namespace normscope
