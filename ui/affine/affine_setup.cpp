#include "ui/affine/affine_setup.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/recovery.h"
#include "ui/affine/figure.h"
#include "ui/affine/image_strip.h"
#include "ui/norm_style.h"
#include "ui/panel_text.h"
#include "ui/widgets/named_combo_box.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/problem_label.h"

namespace normscope {
namespace {

constexpr int kSpacing = 8;
constexpr int kColumns = 29;  ///< preferred width in average characters
constexpr int kMostImages = 32;
constexpr int kUsualImages = 16;
constexpr int kTestImages = 10'000;  ///< until a sample says how many there are

QSpinBox* makeCount(int lowest, int highest, QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setRange(lowest, highest);
    box->setAlignment(Qt::AlignRight);
    return box;
}

QComboBox* makeChoice(QWidget* parent) {
    auto* box = new NamedComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

}  // namespace

AffineSetup::AffineSetup(QWidget* parent) : SettingsColumn(kColumns, parent) {
    setAccessibleName(tr("Source and normalization"));
    makeFields();
    describeFields();
    layOut();
    connectFields();
    for (QWidget* field :
         std::initializer_list<QWidget*>{kindOfSource_, firstImage_, images_, run_, model_,
                                         normLayer_, norm_, groups_, image_, channel_}) {
        keepFromTheWheel(field);
    }
    fillGroups(1, 1);
    setRuns({});
}

void AffineSetup::setRuns(const std::vector<RunChoice>& runs) {
    const QScopedValueRollback filling(filling_, true);
    const QString folder = run_->currentData().toString();
    const int model = model_->currentIndex();
    runs_ = runs;
    run_->clear();
    for (const RunChoice& run : runs) {
        run_->addItem(run.name, run.folder);
    }
    const int same = run_->findData(folder);
    run_->setCurrentIndex(same >= 0 ? same : std::min(0, run_->count() - 1));
    fillModels();
    if (same >= 0 && model >= 0 && model < model_->count()) {
        model_->setCurrentIndex(model);
    }
    showSource();
}

void AffineSetup::setRequest(const SampleRequest& request) {
    const QScopedValueRollback filling(filling_, true);
    kindOfSource_->setCurrentIndex(request.kind == SampleRequest::Kind::Activations ? 1 : 0);
    firstImage_->setValue(request.firstImage + 1);
    images_->setValue(request.images);
    if (request.kind == SampleRequest::Kind::Activations) {
        run_->setCurrentIndex(std::max(0, run_->findData(request.run)));
        fillModels();
        model_->setCurrentIndex(request.model);
        normLayer_->setValue(request.normLayer + 1);
    }
    showSource();
}

SampleRequest AffineSetup::request() const {
    SampleRequest request;
    request.firstImage = firstImage_->value() - 1;
    request.images = images_->value();
    if (!isOfActivations()) {
        request.channels = 1;
        return request;
    }
    request.kind = SampleRequest::Kind::Activations;
    request.run = run_->currentData().toString();
    request.model = model_->currentIndex();
    request.normLayer = normLayer_->value() - 1;
    // Always all of them: layer and group norm share their statistics among channels.
    request.channels = kNormLayerChannels.at(static_cast<std::size_t>(request.normLayer));
    return request;
}

void AffineSetup::showSample(const Sample& sample, const AffineBench& bench) {
    const QScopedValueRollback filling(filling_, true);
    sample_ = sample;
    sample_.activations = {};
    firstImage_->setMaximum(std::max(1, sample.available));
    norm_->setCurrentIndex(norm_->findData(static_cast<int>(bench.spec().kind)));
    fillGroups(bench.input().shape.channels, bench.spec().groups);
    epsilon_->setNumber(bench.spec().eps);
    image_->setMaximum(bench.input().shape.images);
    channel_->setMaximum(bench.input().shape.channels);
    channel_->setEnabled(bench.input().shape.channels > 1);
    shownChannel_ = -1;
    showBench(bench);
}

void AffineSetup::showBench(const AffineBench& bench) {
    const QScopedValueRollback filling(filling_, true);
    if (shownChannel_ != bench.channel()) {
        shownChannel_ = bench.channel();
        QStringList names;
        for (std::size_t image = 0; image < sample_.labels.size(); ++image) {
            names << tr("Image %1: a %2")
                         .arg(QLocale().toString(static_cast<int>(image) + 1),
                              QLocale().toString(sample_.labels[image]));
        }
        strip_->setImages(bench.input(), bench.channel(), names);
    }
    strip_->choose(bench.image());
    image_->setValue(bench.image() + 1);
    channel_->setValue(bench.channel() + 1);
    const auto place = static_cast<std::size_t>(bench.image());
    digit_->setText(place < sample_.labels.size()
                        ? tr("shows a %1").arg(QLocale().toString(sample_.labels[place]))
                        : QString());
    groups_->setEnabled(bench.spec().kind == NormKind::Group);
    showStatistics(bench);
}

void AffineSetup::makeFields() {
    QWidget* content = widget();
    kindOfSource_ = makeChoice(content);
    kindOfSource_->addItem(tr("MNIST digits"));
    kindOfSource_->addItem(tr("Activations of a model"));
    firstImage_ = makeCount(1, kTestImages, content);
    images_ = makeCount(1, kMostImages, content);
    images_->setValue(kUsualImages);
    run_ = makeChoice(content);
    model_ = makeChoice(content);
    normLayer_ = makeCount(1, kNormLayerCount, content);
    noRuns_ = makeRemark(tr("Train models first, or open the folder of a run."));
    noRuns_->setParent(content);
    openRun_ = new QPushButton(tr("Open run folder..."), content);
    norm_ = makeChoice(content);
    for (const NormKind kind : kComparedNorms) {
        norm_->addItem(displayName(kind), static_cast<int>(kind));
    }
    groups_ = makeChoice(content);
    epsilon_ = new NumberField(content);
    epsilon_->setAlignment(Qt::AlignRight);
    epsilon_->setNumber(NormSpec{}.eps);
    problem_ = new ProblemLabel(content);
    statistics_ = makeRemark({});
    image_ = makeCount(1, 1, content);
    digit_ = new QLabel(content);
    channel_ = makeCount(1, 1, content);
    strip_ = new ImageStrip(content);
}

void AffineSetup::describeFields() {
    const auto describe = [](QWidget* field, const QString& name, const QString& toolTip) {
        field->setAccessibleName(name);
        field->setToolTip(toolTip);
    };
    describe(kindOfSource_, tr("Source"), tr("Digits as they are, or what enters a norm layer."));
    describe(firstImage_, tr("First image"), tr("The first of the batch among the test images."));
    describe(images_, tr("Images"), tr("How many test images make up the batch."));
    describe(run_, tr("Run"), tr("The training whose models are on offer."));
    describe(model_, tr("Model"), tr("The network that the images run through."));
    describe(normLayer_, tr("Norm layer"),
             tr("Which of the six norm layers: what enters it, and the gamma and beta that it "
                "has learned."));
    describe(norm_, tr("Normalization"), tr("Which values share one mean and one variance."));
    describe(groups_, tr("Groups"),
             tr("Of the channels, under group norm; they must divide them."));
    describe(epsilon_, tr("Epsilon"), tr("Is added to the variance before the square root."));
    describe(image_, tr("Image"), tr("The image that is shown, by its place in the batch."));
    describe(channel_, tr("Channel"), tr("The channel that is shown."));
}

void AffineSetup::layOut() {
    const auto makeForm = [] {
        auto* form = new QFormLayout;
        form->setHorizontalSpacing(kSpacing);
        form->setVerticalSpacing(kSpacing);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        return form;
    };
    source_ = makeForm();
    source_->addRow(kindOfSource_);
    source_->addRow(tr("Run"), run_);
    source_->addRow(tr("Model"), model_);
    source_->addRow(tr("Norm layer"), normLayer_);
    source_->addRow(noRuns_);
    source_->addRow(openRun_);
    source_->addRow(tr("First image"), firstImage_);
    source_->addRow(tr("Images"), images_);
    QFormLayout* norm = makeForm();
    norm->addRow(norm_);
    norm->addRow(tr("Groups"), groups_);
    norm->addRow(tr("Epsilon"), epsilon_);
    norm->addRow(problem_);
    auto* imageRow = new QHBoxLayout;
    imageRow->addWidget(image_, 1);
    imageRow->addWidget(digit_);
    QFormLayout* shown = makeForm();
    shown->addRow(tr("Image"), imageRow);
    shown->addRow(tr("Channel"), channel_);

    auto* column = new QVBoxLayout(widget());
    column->setContentsMargins(0, 0, kSpacing, 0);
    column->setSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Source")));
    column->addLayout(source_);
    column->addSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Normalization")));
    column->addLayout(norm);
    column->addWidget(statistics_);
    column->addSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Shown")));
    column->addLayout(shown);
    column->addWidget(strip_, 1);
}

void AffineSetup::connectFields() {
    connect(kindOfSource_, &QComboBox::currentIndexChanged, this, [this] {
        showSource();
        takeRequest();
    });
    connect(run_, &QComboBox::currentIndexChanged, this, [this] {
        if (!filling_) {
            {
                const QScopedValueRollback filling(filling_, true);
                fillModels();
            }
            takeRequest();
        }
    });
    connect(model_, &QComboBox::currentIndexChanged, this, &AffineSetup::takeRequest);
    for (QSpinBox* box : {firstImage_, images_, normLayer_}) {
        connect(box, &QSpinBox::valueChanged, this, &AffineSetup::takeRequest);
    }
    connect(openRun_, &QPushButton::clicked, this, &AffineSetup::openRunRequested);
    connect(norm_, &QComboBox::currentIndexChanged, this, &AffineSetup::takeSpec);
    connect(groups_, &QComboBox::currentIndexChanged, this, &AffineSetup::takeSpec);
    connect(epsilon_, &QLineEdit::textChanged, this, &AffineSetup::takeSpec);
    connect(image_, &QSpinBox::valueChanged, this, &AffineSetup::takeCell);
    connect(channel_, &QSpinBox::valueChanged, this, &AffineSetup::takeCell);
    connect(strip_, &ImageStrip::imageChosen, this,
            [this](int image) { image_->setValue(image + 1); });
}

bool AffineSetup::isOfActivations() const {
    return kindOfSource_->currentIndex() == 1;
}

/// The fields that the chosen source has no use for take no room.
void AffineSetup::showSource() {
    const bool activations = isOfActivations();
    const auto show = [this](QWidget* field, bool shown) {
        field->setVisible(shown);
        if (QWidget* label = source_->labelForField(field)) {
            label->setVisible(shown);
        }
    };
    for (QWidget* field : std::initializer_list<QWidget*>{run_, model_, normLayer_}) {
        show(field, activations && !runs_.empty());
    }
    show(noRuns_, activations && runs_.empty());
    show(openRun_, activations);
}

void AffineSetup::fillModels() {
    model_->clear();
    const auto run = static_cast<std::size_t>(run_->currentIndex());
    if (run < runs_.size()) {
        for (const ModelChoice& model : runs_[run].models) {
            model_->addItem(model.label);
        }
    }
}

void AffineSetup::takeRequest() {
    if (!filling_ && (!isOfActivations() || model_->currentIndex() >= 0)) {
        emit requestChanged(request());
    }
}

void AffineSetup::takeSpec() {
    if (filling_) {
        return;
    }
    const std::optional<double> epsilon = epsilon_->number();
    const bool good = epsilon && std::isfinite(*epsilon) && *epsilon > 0.0;
    problem_->setProblem(good || !epsilon ? epsilon_->problem()
                                          : tr("Epsilon must be greater than 0."));
    if (good) {
        NormSpec spec;
        spec.kind = static_cast<NormKind>(norm_->currentData().toInt());
        spec.groups = groups_->currentData().toInt();
        spec.eps = *epsilon;
        emit specChosen(spec);
    }
}

void AffineSetup::takeCell() {
    if (!filling_) {
        emit cellChosen(image_->value() - 1, channel_->value() - 1);
    }
}

/// Only what divides the channels is on offer.
void AffineSetup::fillGroups(int channels, int groups) {
    const QScopedValueRollback filling(filling_, true);
    groups_->clear();
    for (int count = 1; count <= channels; ++count) {
        if (channels % count == 0) {
            groups_->addItem(QLocale().toString(count), count);
        }
    }
    groups_->setCurrentIndex(std::max(0, groups_->findData(groups)));
}

void AffineSetup::showStatistics(const AffineBench& bench) {
    const StatisticsSet& set = bench.set();
    const QLocale locale;
    const QString channels = set.channels == 1
                                 ? tr("channel %1").arg(locale.toString(set.firstChannel + 1))
                                 : tr("channels %1 to %2")
                                       .arg(locale.toString(set.firstChannel + 1),
                                            locale.toString(set.firstChannel + set.channels));
    const QString where = set.image
                              ? tr("%1 of image %2").arg(channels, locale.toString(*set.image + 1))
                              : tr("%1 of all images").arg(channels);
    statistics_->setText(tr("Over the %1 cells of %2: mean %3, variance %4, √(variance + ε) %5.")
                             .arg(locale.toString(qlonglong{set.count}), where,
                                  figureNumber(bench.mean()), figureNumber(bench.variance()),
                                  figureNumber(std::sqrt(bench.variance() + bench.spec().eps))));
}

}  // namespace normscope
