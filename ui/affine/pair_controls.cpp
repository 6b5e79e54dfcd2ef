#include "ui/affine/pair_controls.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "ui/affine/between_slider.h"
#include "ui/affine/figure.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/problem_label.h"

namespace normscope {
namespace {

constexpr int kSteps = 1000;
constexpr int kSingleStep = 10;
constexpr int kPageStep = 100;
constexpr int kFieldDigits = 8;
constexpr double kLargest = 1e6;  ///< a typed number may be; squares of it are far from infinity

int stepOf(const ValueRange& reach, double value) {
    const double share = (value - reach.low) / (reach.high - reach.low);
    return static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * kSteps));
}

double valueOf(const ValueRange& reach, int step) {
    return std::lerp(reach.low, reach.high, static_cast<double>(step) / kSteps);
}

}  // namespace

PairReach pairReach(const AffineBench& bench, const Affine* learned) {
    constexpr double kMargin = 1.25;
    double gammaLow = 0.0;
    double gammaHigh = 2.0;
    double beta = 3.0;
    const auto cover = [&](const AffinePair& pair) {
        gammaLow = std::min(gammaLow, kMargin * pair.gamma);
        gammaHigh = std::max(gammaHigh, kMargin * pair.gamma);
        beta = std::max(beta, kMargin * std::abs(pair.beta));
    };
    for (int channel = 0; channel < bench.input().shape.channels; ++channel) {
        for (int image = 0; image < bench.input().shape.images; ++image) {
            cover(bench.restoringPair(image, channel));
        }
        if (learned != nullptr) {
            cover(AffineBench::pairOf(*learned, channel));
        }
    }
    // Halves, so that 0 and 1 are among the steps.
    const auto outwards = [](double bound) { return std::ceil(2.0 * bound) / 2.0; };
    return {{-outwards(-gammaLow), outwards(gammaHigh)}, {-outwards(beta), outwards(beta)}};
}

PairControls::PairControls(QWidget* parent)
    : QWidget(parent),
      between_(new BetweenSlider(this)),
      place_(makeField(tr("Between"))),
      gamma_(makeNumber(tr("Gamma"), tr("Multiplies the normalized values."))),
      beta_(makeNumber(tr("Beta"), tr("Is added afterwards."))),
      linked_(new QCheckBox(tr("One pair for all channels"), this)),
      learnedShown_(new QCheckBox(tr("Show learned"), this)),
      useLearned_(new QPushButton(tr("Use learned"), this)),
      problem_(new ProblemLabel(this)) {
    linked_->setToolTip(tr("All channels share the gamma and beta of the chosen one."));
    learnedShown_->setChecked(true);
    learnedShown_->setToolTip(
        tr("Marks in the plane the gamma and beta that the model has learned."));
    useLearned_->setToolTip(
        tr("Gives every channel the gamma and beta that the model has learned."));
    place_->setPlaceholderText(tr("off the line"));
    place_->setToolTip(tr("0 is fully normalized, 1 the original."));
    layOut();
    connectFields();
    fitFields();
    setReach({{0.0, 2.0}, {-3.0, 3.0}});
    setLearnedAvailable(false);
}

void PairControls::setReach(const PairReach& reach) {
    gamma_.reach = reach.gamma;
    beta_.reach = reach.beta;
}

void PairControls::setLearnedAvailable(bool available) {
    learnedShown_->setVisible(available);
    useLearned_->setVisible(available);
}

void PairControls::show(const AffineBench& bench) {
    pair_ = bench.pair();
    onLine_ = bench.between();
    problem_->setProblem({});
    between_->setPlace(bench.nearestBetween());
    showSlider(gamma_, pair_.gamma);
    showSlider(beta_, pair_.beta);
    for (NumberField* field : {place_, gamma_.field, beta_.field}) {
        if (field != edited_) {
            showField(field);
        }
    }
    const QSignalBlocker blocker(linked_);
    linked_->setChecked(bench.isLinked());
    linked_->setVisible(bench.input().shape.channels > 1);
}

bool PairControls::isLearnedShown() const {
    return learnedShown_->isChecked();
}

void PairControls::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitFields();
    }
}

/// Wide enough for "-12.345" and "off the line", and no wider: the sliders have the room.
void PairControls::fitFields() {
    const int widest = std::max(kFieldDigits * fontMetrics().horizontalAdvance('0'),
                                fontMetrics().horizontalAdvance(place_->placeholderText()));
    for (NumberField* field : {place_, gamma_.field, beta_.field}) {
        field->setFixedWidth(widest + 3 * gridUnit(this));
    }
}

PairControls::Number PairControls::makeNumber(const QString& name, const QString& toolTip) {
    auto* slider = new QSlider(Qt::Horizontal, this);
    slider->setAccessibleName(tr("%1 slider").arg(name));
    slider->setToolTip(toolTip);
    slider->setRange(0, kSteps);
    slider->setSingleStep(kSingleStep);
    slider->setPageStep(kPageStep);
    NumberField* field = makeField(name);
    field->setToolTip(toolTip);
    return {slider, field};
}

NumberField* PairControls::makeField(const QString& name) {
    auto* field = new NumberField(this);
    field->setAccessibleName(name);
    field->setAlignment(Qt::AlignRight);
    field->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(field, &QLineEdit::textChanged, this, [this, field] { takeField(field); });
    connect(field, &QLineEdit::editingFinished, this, [this, field] {
        showField(field);  // the reason why a number was not taken stays to be read
    });
    return field;
}

void PairControls::layOut() {
    const int unit = gridUnit(this);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(unit);
    grid->setVerticalSpacing(unit / 4);
    const auto addLabel = [&](const QString& text, QWidget* buddy, int row, int column) {
        QLabel* label = makeHeading(text);
        label->setBuddy(buddy);
        grid->addWidget(label, row, column, Qt::AlignVCenter);
    };
    addLabel(tr("Between"), place_, 0, 0);
    grid->addWidget(between_->slider(), 0, 1);
    grid->addWidget(place_, 0, 2);
    grid->addWidget(between_, 1, 1, 1, 2);
    addLabel(tr("Gamma"), gamma_.field, 2, 0);
    grid->addWidget(gamma_.slider, 2, 1);
    grid->addWidget(gamma_.field, 2, 2);
    addLabel(tr("Beta"), beta_.field, 3, 0);
    grid->addWidget(beta_.slider, 3, 1);
    grid->addWidget(beta_.field, 3, 2);
    grid->addWidget(problem_, 4, 0, 1, 3);
    auto* choices = new QHBoxLayout;
    choices->setContentsMargins({});
    choices->setSpacing(2 * unit);
    choices->addWidget(linked_);
    choices->addWidget(learnedShown_);
    choices->addWidget(useLearned_);
    choices->addStretch();
    grid->addLayout(choices, 5, 0, 1, 3);
    grid->setColumnStretch(1, 1);
    for (QWidget* earlier = between_->slider();
         QWidget * later :
         std::initializer_list<QWidget*>{place_, gamma_.slider, gamma_.field, beta_.slider,
                                         beta_.field, linked_, learnedShown_, useLearned_}) {
        setTabOrder(earlier, later);
        earlier = later;
    }
}

void PairControls::connectFields() {
    connect(between_, &BetweenSlider::placeChosen, this, &PairControls::betweenChosen);
    connect(gamma_.slider, &QSlider::valueChanged, this, [this](int step) {
        emit pairChosen({valueOf(gamma_.reach, step), pair_.beta});
    });
    connect(beta_.slider, &QSlider::valueChanged, this, [this](int step) {
        emit pairChosen({pair_.gamma, valueOf(beta_.reach, step)});
    });
    connect(linked_, &QCheckBox::toggled, this, &PairControls::linkedChosen);
    connect(learnedShown_, &QCheckBox::toggled, this, &PairControls::learnedShownChanged);
    connect(useLearned_, &QPushButton::clicked, this, &PairControls::learnedChosen);
}

void PairControls::takeField(NumberField* field) {
    const std::optional<double> number = field->number();
    const double least = field == place_ ? 0.0 : -kLargest;
    const double most = field == place_ ? AffineBench::kBeyond : kLargest;
    QString problem = field->problem();
    if (number && !(*number >= least && *number <= most)) {
        const QLocale locale;
        problem = tr("%1 goes from %2 to %3.")
                      .arg(field->accessibleName(), locale.toString(least), locale.toString(most));
    }
    problem_->setProblem(problem);
    if (!problem.isEmpty()) {
        return;
    }
    const QScopedValueRollback edited(edited_, field);
    if (field == place_) {
        emit betweenChosen(*number);
    } else {
        emit pairChosen(field == gamma_.field ? AffinePair{*number, pair_.beta}
                                              : AffinePair{pair_.gamma, *number});
    }
}

void PairControls::showSlider(const Number& number, double value) {
    const QSignalBlocker blocker(number.slider);
    number.slider->setValue(stepOf(number.reach, value));
}

void PairControls::showField(NumberField* field) {
    QString text;
    if (field != place_) {
        text = figureNumber(field == gamma_.field ? pair_.gamma : pair_.beta);
    } else if (onLine_) {
        text = figureNumber(*onLine_);
    }
    const QSignalBlocker blocker(field);
    field->setText(text);
    field->setCursorPosition(0);
}

}  // namespace normscope
