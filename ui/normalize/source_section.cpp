#include "ui/normalize/source_section.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <algorithm>
#include <array>

#include "ui/panel_text.h"
#include "ui/widgets/named_combo_box.h"
#include "ui/widgets/number_setting.h"

namespace normscope {
namespace {

using Kind = SheetInput::Kind;

constexpr int kSpacing = 8;
constexpr int kLargestSeed = 999'999'999;
constexpr int kTestImages = 10'000;  ///< until a sample says how many there are
constexpr double kLargestNumber = 1e6;
constexpr std::array kSides{28, 14, 7};

QSpinBox* makeCount(int lowest, int highest, QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setRange(lowest, highest);
    box->setAlignment(Qt::AlignRight);
    box->setKeyboardTracking(false);
    return box;
}

QComboBox* makeChoice(QWidget* parent) {
    auto* box = new NamedComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

void describe(QWidget* field, const QString& name, const QString& toolTip) {
    field->setAccessibleName(name);
    field->setToolTip(toolTip);
}

QStringList itemTexts(const QComboBox& box) {
    QStringList texts;
    for (int item = 0; item < box.count(); ++item) {
        texts << box.itemText(item);
    }
    return texts;
}

QString problemOf(double value) {
    return std::abs(value) <= kLargestNumber
               ? QString()
               : SourceSection::tr("Choose a number between −1 000 000 and 1 000 000.");
}

}  // namespace

SourceSection::SourceSection(QWidget* parent) : QWidget(parent) {
    makeFields();
    makeRunFields();
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

void SourceSection::setRuns(const std::vector<RunChoice>& runs) {
    const bool waited = kind_->currentIndex() == static_cast<int>(Kind::Activations) &&
                        runs_.empty() && !runs.empty();
    const bool fromFile = kind_->currentIndex() < 0;
    runs_ = runs;
    fill();
    if (fromFile) {
        display(std::nullopt, remark_->text());
    }
    if (waited) {
        takeRun();
    }
}

void SourceSection::setAvailableImages(int images) {
    const QScopedValueRollback filling(filling_, true);
    firstImage_->setMaximum(std::max(1, images));
}

void SourceSection::makeFields() {
    kind_ = makeChoice(this);
    describe(kind_, tr("Source"), tr("Where the numbers of the input come from."));
    kind_->setPlaceholderText(tr("A file"));
    // In the order of SheetInput::Kind.
    kind_->addItems({tr("Small integers"), tr("Class example"), tr("Constant"), tr("Outlier"),
                     tr("MNIST digits"), tr("Activations")});
    seed_ = makeCount(0, kLargestSeed, this);
    describe(seed_, tr("Seed"), tr("The same seed gives the same numbers."));
    newNumbers_ = new QPushButton(tr("New numbers"), this);
    describe(newNumbers_, tr("New numbers"), tr("Draws other numbers, with the next seed."));
    constant_ = new NumberSetting(
        tr("Constant"), tr("Every cell holds this number, so that every variance is 0."),
        [this](double value) { return takeConstant(value); }, this);
    outlier_ = new NumberSetting(
        tr("Outlier"), tr("The first cell; all others are small integers."),
        [this](double value) { return takeOutlier(value); }, this);
    firstImage_ = makeCount(1, kTestImages, this);
    describe(firstImage_, tr("First image"),
             tr("The test image to begin with. How many there are is the size of the sheet."));
    side_ = makeChoice(this);
    describe(side_, tr("Side"), tr("Height and width of a digit, averaged down."));
    for (const int side : kSides) {
        side_->addItem(tr("%1 × %1").arg(side), side);
    }
    remark_ = makeRemark({});
}

void SourceSection::makeRunFields() {
    run_ = makeChoice(this);
    describe(run_, tr("Run"), tr("The training that the networks come from."));
    model_ = makeChoice(this);
    describe(model_, tr("Model"), tr("One of the networks that were trained side by side."));
    layer_ = makeChoice(this);
    describe(layer_, tr("Norm layer"), tr("What enters this norm layer is shown."));
    for (int i = 0; i < kNormLayerCount; ++i) {
        const int channels = kNormLayerChannels[static_cast<std::size_t>(i)];
        layer_->addItem(tr("%1: %2 channels").arg(i + 1).arg(channels));
    }
    firstChannel_ = makeCount(1, 1, this);
    describe(firstChannel_, tr("First channel"),
             tr("The channel to begin with. How many there are is the size of the sheet."));
    noRun_ =
        makeRemark(tr("There is no trained network yet. Train one on page Train, or open the "
                      "folder of a run."));
    runButtons_ = new QWidget(this);
    openRun_ = new QPushButton(tr("Open run folder..."), runButtons_);
    describe(openRun_, tr("Open run folder..."), tr("Offers the networks of a finished run."));
    refresh_ = new QPushButton(tr("Refresh"), runButtons_);
    describe(refresh_, tr("Refresh"), tr("Asks for the activations as they are by now."));
    auto* row = new QHBoxLayout(runButtons_);
    row->setContentsMargins({});
    row->setSpacing(kSpacing);
    row->addWidget(openRun_);
    row->addWidget(refresh_);
    row->addStretch();
}

void SourceSection::layOut() {
    form_ = new QFormLayout;
    form_->setHorizontalSpacing(kSpacing);
    form_->setVerticalSpacing(kSpacing);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form_->addRow(tr("Seed"), seed_);
    form_->addRow(QString(), newNumbers_);
    form_->addRow(tr("Constant"), constant_);
    form_->addRow(tr("Outlier"), outlier_);
    form_->addRow(noRun_);
    form_->addRow(tr("Run"), run_);
    form_->addRow(tr("Model"), model_);
    form_->addRow(tr("Norm layer"), layer_);
    form_->addRow(tr("First image"), firstImage_);
    form_->addRow(tr("Side"), side_);
    form_->addRow(tr("First channel"), firstChannel_);
    form_->addRow(runButtons_);

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
    for (QComboBox* box : {run_, model_, layer_}) {
        connect(box, &QComboBox::currentIndexChanged, this, &SourceSection::takeRun);
    }
    connect(newNumbers_, &QPushButton::clicked, this, [this] { seed_->stepUp(); });
    connect(openRun_, &QPushButton::clicked, this, &SourceSection::openRunRequested);
    connect(refresh_, &QPushButton::clicked, this, &SourceSection::takeRun);
}

void SourceSection::takeKind(int index) {
    if (filling_ || index < 0) {
        return;
    }
    input_.kind = static_cast<Kind>(index);
    fill();
    if (input_.kind == Kind::Activations) {
        takeRun();
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
        takeRun();
    } else {
        ask();
    }
}

void SourceSection::takeRun() {
    if (filling_ || runs_.empty()) {
        return;
    }
    SampleRequest& request = input_.activations;
    request.run = run_->currentData().toString();
    request.model = model_->currentIndex();
    request.normLayer = layer_->currentIndex();
    request.firstChannel = firstChannel_->value() - 1;
    fillRun();
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
    run_->clear();
    for (const RunChoice& run : runs_) {
        run_->addItem(run.name, run.folder);
    }
    run_->setCurrentIndex(std::max(0, run_->findData(input_.activations.run)));
    fillRun();
    showFields();
}

/// Another run has other models, and another layer other channels.
void SourceSection::fillRun() {
    const QScopedValueRollback filling(filling_, true);
    SampleRequest& request = input_.activations;
    QStringList labels;
    if (const RunChoice* chosen = run()) {
        for (const ModelChoice& model : chosen->models) {
            labels << model.label;
        }
    }
    if (labels != itemTexts(*model_)) {
        model_->clear();
        model_->addItems(labels);
    }
    request.model = std::clamp(request.model, 0, std::max(0, model_->count() - 1));
    model_->setCurrentIndex(request.model);
    layer_->setCurrentIndex(request.normLayer);
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
    const bool withRun = activations && !runs_.empty();
    const auto show = [this](QWidget* field, bool shown) { form_->setRowVisible(field, shown); };
    show(seed_, isOneOf({Kind::SmallIntegers, Kind::Outlier}));
    show(newNumbers_, isOneOf({Kind::SmallIntegers, Kind::Outlier}));
    show(constant_, isOneOf({Kind::Constant}));
    show(outlier_, isOneOf({Kind::Outlier}));
    show(noRun_, activations && !withRun);
    for (QWidget* field : std::initializer_list<QWidget*>{run_, model_, layer_, firstChannel_}) {
        show(field, withRun);
    }
    show(firstImage_, withRun || isOneOf({Kind::Digits}));
    show(side_, isOneOf({Kind::Digits}));
    show(runButtons_, activations);
    refresh_->setVisible(withRun && run()->folder.isEmpty());
}

const RunChoice* SourceSection::run() const {
    const auto index = static_cast<std::size_t>(std::max(0, run_->currentIndex()));
    return index < runs_.size() ? &runs_[index] : nullptr;
}

}  // namespace normscope
