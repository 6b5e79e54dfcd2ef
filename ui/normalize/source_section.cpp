#include "ui/normalize/source_section.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/activation_choice.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/number_setting.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

using Kind = SheetInput::Kind;

constexpr int kLargestSeed = 999'999'999;
constexpr int kTestImages = 10'000;  ///< until a sample says how many there are
constexpr double kLargestChosen = 1e6;
constexpr std::array kSides{28, 14, 7};

QString problemOf(double value) {
    return std::abs(value) <= kLargestChosen
               ? QString()
               : SourceSection::tr("Choose a number between −1 000 000 and 1 000 000.");
}

}  // namespace

SourceSection::SourceSection(QWidget* parent) : QWidget(parent) {
    makeFields();
    layOut();
    connectFields();
    fill();
}

void SourceSection::display(const std::optional<SheetInput>& input, const QString& remark) {
    remark_->setText(remark);
    if (input) {
        input_ = *input;
        fill();
    } else {
        const QScopedValueRollback filling(filling_, true);
        kind_->setCurrentIndex(-1);
        showFields();
    }
}

void SourceSection::moveRun(const QString& from, const QString& to) {
    activations_->moveRun(from, to);
}

void SourceSection::setRuns(const std::vector<RunChoice>& runs) {
    activations_->setRuns(runs);
    showFields();
}

void SourceSection::setAvailableImages(int images) {
    const QScopedValueRollback filling(filling_, true);
    firstImage_->setMaximum(std::max(1, images));
}

void SourceSection::makeFields() {
    kind_ = makeChoiceField(this);
    describeField(kind_, tr("Source"), tr("Where the numbers of the input come from."));
    kind_->setPlaceholderText(tr("A file"));
    // In the order of SheetInput::Kind.
    kind_->addItems({tr("Small integers"), tr("Class example"), tr("Constant"), tr("Outlier"),
                     tr("MNIST digits"), tr("Activations")});
    seed_ = makeCountField(0, kLargestSeed, this);
    describeField(seed_, tr("Seed"), tr("The same seed gives the same numbers."));
    newNumbers_ = new QPushButton(tr("New numbers"), this);
    describeField(newNumbers_, tr("New numbers"), tr("Draws other numbers, with the next seed."));
    constant_ = new NumberSetting(
        tr("Constant"), tr("Every cell holds this number, so that every variance is 0."),
        [this](double value) { return takeConstant(value); }, this);
    outlier_ = new NumberSetting(
        tr("Outlier"), tr("The first cell; all others are small integers."),
        [this](double value) { return takeOutlier(value); }, this);
    firstImage_ = makeCountField(1, kTestImages, this);
    describeField(firstImage_, tr("First image"),
                  tr("The test image to begin with. How many there are is the size of the sheet."));
    side_ = makeChoiceField(this);
    describeField(side_, tr("Side"), tr("Height and width of a digit, averaged down."));
    for (const int side : kSides) {
        side_->addItem(tr("%1 × %1").arg(side), side);
    }
    activations_ = new ActivationChoice(this);
    firstChannel_ = makeCountField(1, 1, this);
    describeField(firstChannel_, tr("First channel"),
                  tr("The channel to begin with. How many there are is the size of the sheet."));
    remark_ = makeRemark({});
}

void SourceSection::layOut() {
    form_ = makeSettingsForm();
    form_->addRow(tr("Seed"), seed_);
    form_->addRow(QString(), newNumbers_);
    form_->addRow(tr("Constant"), constant_);
    form_->addRow(tr("Outlier"), outlier_);
    form_->addRow(activations_);
    form_->addRow(tr("First image"), firstImage_);
    form_->addRow(tr("Side"), side_);
    form_->addRow(tr("First channel"), firstChannel_);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Input")));
    column->addWidget(kind_);
    column->addLayout(form_);
    column->addWidget(remark_);
}

void SourceSection::connectFields() {
    connect(kind_, &QComboBox::currentIndexChanged, this, &SourceSection::takeKind);
    for (QSpinBox* box : {seed_, firstImage_, firstChannel_}) {
        connect(box, &QSpinBox::valueChanged, this, &SourceSection::takeEdit);
    }
    connect(side_, &QComboBox::currentIndexChanged, this, &SourceSection::takeEdit);
    connect(activations_, &ActivationChoice::changed, this, &SourceSection::takeActivations);
    connect(activations_, &ActivationChoice::openRunRequested, this,
            &SourceSection::openRunRequested);
    connect(newNumbers_, &QPushButton::clicked, this, [this] { seed_->stepUp(); });
}

void SourceSection::takeKind(int index) {
    if (filling_ || index < 0) {
        return;
    }
    input_.kind = static_cast<Kind>(index);
    fill();
    if (input_.kind == Kind::Activations) {
        takeActivations();
    } else {
        ask();
    }
}

void SourceSection::takeEdit() {
    if (filling_) {
        return;
    }
    input_.seed = static_cast<std::uint64_t>(seed_->value());
    const int firstImage = firstImage_->value() - 1;
    if (input_.kind == Kind::Digits) {
        input_.digits.firstImage = firstImage;
        input_.digits.side = side_->currentData().toInt();
        ask();
    } else if (input_.kind == Kind::Activations) {
        input_.activations.firstImage = firstImage;
        takeActivations();
    } else {
        ask();
    }
}

void SourceSection::takeActivations() {
    if (filling_ || kind_->currentIndex() != static_cast<int>(Kind::Activations) ||
        activations_->isEmpty()) {
        return;
    }
    SampleRequest& request = input_.activations;
    activations_->writeInto(request);
    request.firstChannel = firstChannel_->value() - 1;
    fillChannels();
    showFields();
    ask();
}

QString SourceSection::takeConstant(double value) {
    if (const QString problem = problemOf(value); !problem.isEmpty()) {
        return problem;
    }
    input_.constant = value;
    ask();
    return {};
}

QString SourceSection::takeOutlier(double value) {
    if (const QString problem = problemOf(value); !problem.isEmpty()) {
        return problem;
    }
    input_.outlier = value;
    ask();
    return {};
}

void SourceSection::ask() {
    emit chosen(input_);
}

void SourceSection::fill() {
    const QScopedValueRollback filling(filling_, true);
    kind_->setCurrentIndex(static_cast<int>(input_.kind));
    seed_->setValue(static_cast<int>(input_.seed));
    constant_->display(input_.constant);
    outlier_->display(input_.outlier);
    firstImage_->setValue(1 + (input_.kind == Kind::Digits ? input_.digits.firstImage
                                                           : input_.activations.firstImage));
    side_->setCurrentIndex(side_->findData(input_.digits.side));
    if (input_.kind == Kind::Activations) {
        activations_->display(input_.activations);
    }
    fillChannels();
    showFields();
}

/// Another layer has other channels.
void SourceSection::fillChannels() {
    const QScopedValueRollback filling(filling_, true);
    SampleRequest& request = input_.activations;
    const int channels = kNormLayerChannels[static_cast<std::size_t>(request.normLayer)];
    request.firstChannel = std::min(request.firstChannel, channels - 1);
    firstChannel_->setMaximum(channels);
    firstChannel_->setValue(request.firstChannel + 1);
}

void SourceSection::showFields() {
    const int index = kind_->currentIndex();
    const auto kind = static_cast<Kind>(index);
    const auto isOneOf = [&](std::initializer_list<Kind> kinds) {
        return index >= 0 && std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    const bool activations = isOneOf({Kind::Activations});
    const bool withRun = activations && !activations_->isEmpty();
    const auto show = [this](QWidget* field, bool shown) { form_->setRowVisible(field, shown); };
    show(seed_, isOneOf({Kind::SmallIntegers, Kind::Outlier}));
    show(newNumbers_, isOneOf({Kind::SmallIntegers, Kind::Outlier}));
    show(constant_, isOneOf({Kind::Constant}));
    show(outlier_, isOneOf({Kind::Outlier}));
    show(activations_, activations);
    show(firstChannel_, withRun);
    show(firstImage_, withRun || isOneOf({Kind::Digits}));
    show(side_, isOneOf({Kind::Digits}));
}

}  // namespace normscope
