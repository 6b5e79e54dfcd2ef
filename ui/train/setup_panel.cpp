#include "ui/train/setup_panel.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include "ui/panel_text.h"
#include "ui/setting_texts.h"
#include "ui/theme.h"
#include "ui/train/model_list_editor.h"
#include "ui/train/presets.h"
#include "ui/train/remarks.h"
#include "ui/widgets/named_combo_box.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/problem_label.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

constexpr int kColumns = 36;  ///< preferred width in average characters
constexpr int kMaxBatchSize = 10'000;
constexpr int kMaxImages = 10'000'000;
constexpr int kImagesStep = 1000;

QSpinBox* makeCount(int lowest, int highest, QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setRange(lowest, highest);
    box->setGroupSeparatorShown(true);
    box->setAlignment(Qt::AlignRight);
    return box;
}

}  // namespace

SetupPanel::SetupPanel(QWidget* parent) : SettingsColumn(kColumns, parent) {
    setAccessibleName(tr("Settings"));
    makeFields();
    describeFields();
    layOut();
    models_->setTabPredecessor(preset_);
    connectFields();
    for (QWidget* field : std::initializer_list<QWidget*>{
             preset_, epochs_, batchSize_, augmentation_, trainingImages_, engine_}) {
        keepFromTheWheel(field);
    }
    fitToFont();
    setConfiguration(withPreset({}, presets()[kDefaultPreset]));
    setData({}, tr("MNIST"));
}

TrainingConfig SetupPanel::configuration() const {
    return config_;
}

void SetupPanel::setConfiguration(const TrainingConfig& config) {
    config_ = config;
    config_.cycles = {std::max(1, config.epochs())};
    fill();
    showPreset();
    check();
}

void SetupPanel::setData(const std::filesystem::path& folder, const QString& name) {
    config_.data = folder;
    dataName_->setText(name);
    dataName_->setToolTip(QString::fromStdString(folder.string()));
}

void SetupPanel::setEngineRemark(const QString& sentence) {
    engineRemark_->setText(sentence);
    engineRemark_->setVisible(!sentence.isEmpty());
}

QString SetupPanel::dataName() const {
    return dataName_->text();
}

void SetupPanel::setEditable(bool editable) {
    widget()->setEnabled(editable);
}

void SetupPanel::changeEvent(QEvent* event) {
    SettingsColumn::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitToFont();
    }
}

void SetupPanel::makeFields() {
    QWidget* content = widget();
    preset_ = new NamedComboBox(content);
    for (const Preset& preset : presets()) {
        preset_->addItem(preset.title());
    }
    // "Custom" tells that the settings were edited; there is nothing to choose about it.
    preset_->addItem(tr("Custom"));
    auto* items = qobject_cast<QStandardItemModel*>(preset_->model());
    items->item(preset_->count() - 1)->setEnabled(false);
    reason_ = new QLabel(content);
    reason_->setWordWrap(true);
    reason_->setForegroundRole(QPalette::PlaceholderText);
    models_ = new ModelListEditor(content);
    modelsProblem_ = new ProblemLabel(content);
    modelsRemark_ = makeRemark({});
    modelsRemark_->hide();
    epochs_ = makeCount(1, kMaxEpochs, content);
    batchSize_ = makeCount(1, kMaxBatchSize, content);
    learningRate_ = new NumberField(content);
    learningRate_->setAlignment(Qt::AlignRight);
    learningRateProblem_ = new ProblemLabel(content);
    seed_ = new QLineEdit(content);
    seed_->setAlignment(Qt::AlignRight);
    seedProblem_ = new ProblemLabel(content);
    augmentation_ = new NamedComboBox(content);
    for (const Augmentation augmentation :
         {Augmentation::None, Augmentation::Affine, Augmentation::Elastic}) {
        augmentation_->addItem(augmentationText(augmentation), static_cast<int>(augmentation));
    }
    augmentation_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    trainingImages_ = makeCount(0, kMaxImages, content);
    trainingImages_->setSingleStep(kImagesStep);
    trainingImages_->setSpecialValueText(tr("All"));
    engine_ = new NamedComboBox(content);
    for (const EngineKind engine : {EngineKind::Kernel, EngineKind::Torch}) {
        engine_->addItem(engineText(engine), static_cast<int>(engine));
    }
    engineRemark_ = makeRemark({});
    engineRemark_->setAccessibleName(tr("Remark on the engine"));
    engineRemark_->hide();
    dataName_ = new QLabel(content);
    dataName_->setTextFormat(Qt::PlainText);
    dataName_->setWordWrap(true);
    openData_ = new QPushButton(tr("Open data folder..."), content);
}

void SetupPanel::describeFields() {
    const auto describe = [](QWidget* field, const QString& name, const QString& toolTip) {
        field->setAccessibleName(name);
        field->setToolTip(toolTip);
    };
    describe(preset_, tr("Preset"), tr("Fills in a comparison that is ready to start."));
    describe(epochs_, tr("Epochs"), tr("How often each model sees every training image."));
    describe(batchSize_, tr("Batch size"),
             tr("Images in one mini-batch. Batch norm takes its mean and variance over them."));
    describe(learningRate_, tr("Learning rate"),
             tr("The peak of the one-cycle schedule, which rises for 30 % of the training and then "
                "falls to almost zero."));
    describe(seed_, tr("Seed"),
             tr("Starts the random numbers of weights, shuffling and augmentation; the same seed "
                "gives the same curves."));
    describe(
        augmentation_, tr("Augmentation"),
        tr("Whether each training image is moved a little, anew in every epoch. In the last of ten "
           "or more they are as they are, like those that will be read."));
    describe(engine_, tr("Engine"),
             tr("What computes: the fast kernels of this program, or LibTorch, several times "
                "slower, as reference. Both learn the same, but for rounding."));
    describe(trainingImages_, tr("Training images"),
             tr("Train on the first so many images only; fewer is faster and less accurate."));
    describe(openData_, tr("Open data folder..."),
             tr("Opens a folder with four IDX files, such as Fashion-MNIST."));
}

void SetupPanel::layOut() {
    QFormLayout* form = makeSettingsForm();
    form->setRowWrapPolicy(QFormLayout::DontWrapRows);
    addTrainingRows(form);

    auto* column = new QVBoxLayout(widget());
    column->setContentsMargins(0, 0, kSpacing, 0);
    column->setSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Preset")));
    column->addWidget(preset_);
    column->addWidget(reason_);
    column->addSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Models")));
    column->addWidget(models_);
    column->addWidget(modelsProblem_);
    column->addWidget(modelsRemark_);
    column->addSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Training")));
    column->addLayout(form);
    column->addSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Data")));
    column->addWidget(dataName_);
    column->addWidget(openData_, 0, Qt::AlignLeft);
    column->addStretch();
}

void SetupPanel::addTrainingRows(QFormLayout* form) {
    form->addRow(tr("Epochs"), epochs_);
    form->addRow(tr("Batch size"), batchSize_);
    form->addRow(tr("Learning rate"), learningRate_);
    form->addRow(learningRateProblem_);
    form->addRow(tr("Seed"), seed_);
    form->addRow(seedProblem_);
    form->addRow(tr("Augmentation"), augmentation_);
    form->addRow(tr("Training images"), trainingImages_);
    form->addRow(tr("Engine"), engine_);
    form->addRow(engineRemark_);
}

void SetupPanel::connectFields() {
    connect(preset_, &QComboBox::currentIndexChanged, this, &SetupPanel::takePreset);
    connect(models_, &ModelListEditor::edited, this, &SetupPanel::takeEdit);
    for (QSpinBox* box : {epochs_, batchSize_, trainingImages_}) {
        connect(box, &QSpinBox::valueChanged, this, &SetupPanel::takeEdit);
    }
    for (QLineEdit* field : {static_cast<QLineEdit*>(learningRate_), seed_}) {
        connect(field, &QLineEdit::textChanged, this, &SetupPanel::takeEdit);
    }
    connect(augmentation_, &QComboBox::currentIndexChanged, this, &SetupPanel::takeEdit);
    connect(engine_, &QComboBox::currentIndexChanged, this, &SetupPanel::takeEdit);
    connect(openData_, &QPushButton::clicked, this, &SetupPanel::openDataFolderRequested);
}

/// The field is narrower than its longest choice, the list is not.
void SetupPanel::fitToFont() {
    const QFontMetrics metrics = fontMetrics();
    int width = 0;
    for (int item = 0; item < augmentation_->count(); ++item) {
        width = std::max(width, metrics.horizontalAdvance(augmentation_->itemText(item)));
    }
    augmentation_->view()->setMinimumWidth(width + 2 * metrics.height());
}

void SetupPanel::takePreset(int index) {
    const auto preset = static_cast<std::size_t>(index);
    if (!filling_ && preset < presets().size()) {
        setConfiguration(withPreset(config_, presets()[preset]));
        emit changed();
    }
}

void SetupPanel::fill() {
    const QScopedValueRollback filling(filling_, true);
    models_->setModels(config_.models);
    epochs_->setValue(config_.epochs());
    batchSize_->setValue(config_.batchSize);
    learningRate_->setNumber(config_.learningRate);
    seed_->setText(QString::number(config_.seed));
    augmentation_->setCurrentIndex(augmentation_->findData(static_cast<int>(config_.augmentation)));
    trainingImages_->setValue(config_.trainLimit.value_or(0));
    engine_->setCurrentIndex(engine_->findData(static_cast<int>(config_.engine)));
}

void SetupPanel::takeEdit() {
    if (filling_) {
        return;
    }
    config_.models = models_->models();
    config_.cycles = {epochs_->value()};
    config_.batchSize = batchSize_->value();
    config_.learningRate = learningRate_->number().value_or(config_.learningRate);
    config_.seed = seed().value_or(config_.seed);
    config_.augmentation = static_cast<Augmentation>(augmentation_->currentData().toInt());
    config_.engine = static_cast<EngineKind>(engine_->currentData().toInt());
    config_.trainLimit.reset();
    if (trainingImages_->value() > 0) {
        config_.trainLimit = trainingImages_->value();
    }
    showPreset();
    check();
    emit changed();
}

void SetupPanel::check() {
    const QString rowProblem = models_->problem();
    QString modelsProblem;
    QString rateProblem = learningRate_->problem();
    const QString seedProblem =
        seed() ? QString() : tr("The seed must be a whole number of 0 or more.");
    if (rowProblem.isEmpty() && rateProblem.isEmpty()) {
        try {
            validate(config_);
        } catch (const ConfigError& error) {
            QString& place = error.field() == "learning-rate" ? rateProblem : modelsProblem;
            place = QString::fromUtf8(error.what());
        }
    }
    modelsProblem_->setProblem(modelsProblem);
    learningRateProblem_->setProblem(rateProblem);
    seedProblem_->setProblem(seedProblem);
    problem_.clear();
    for (const QString& problem : {rowProblem, modelsProblem, rateProblem, seedProblem}) {
        if (problem_.isEmpty()) {
            problem_ = problem;
        }
    }
    remark();
}

void SetupPanel::remark() {
    const QString sentence = blindnessRemark(config_);
    modelsRemark_->setText(sentence);
    modelsRemark_->setVisible(!sentence.isEmpty());
}

void SetupPanel::showPreset() {
    const auto match = presetMatching(config_);
    const QScopedValueRollback filling(filling_, true);
    preset_->setCurrentIndex(match ? static_cast<int>(*match) : preset_->count() - 1);
    reason_->setText(match ? presets()[*match].reason() : tr("Your own comparison."));
}

std::optional<std::uint64_t> SetupPanel::seed() const {
    bool ok = false;
    const std::uint64_t value = seed_->text().trimmed().toULongLong(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

}  // namespace normscope
