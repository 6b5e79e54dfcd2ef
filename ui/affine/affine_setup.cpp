#include "ui/affine/affine_setup.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/recovery.h"
#include "ui/activation_choice.h"
#include "ui/affine/figure.h"
#include "ui/affine/image_strip.h"
#include "ui/norm_style.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/problem_label.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

constexpr int kColumns = 29;  ///< preferred width in average characters
constexpr int kMostImages = 32;
constexpr int kUsualImages = 16;
constexpr int kTestImages = 10'000;  ///< until a sample says how many there are
/// Places among the kinds of source.
enum Source { kDigits, kActivations };

}  // namespace

AffineSetup::AffineSetup(QWidget* parent) : SettingsColumn(kColumns, parent) {
    setAccessibleName(tr("Source and normalization"));
    makeFields();
    describeFields();
    layOut();
    connectFields();
    keepFieldsFromTheWheel();
    fillGroups(1, 1);
    showSource();
}

void AffineSetup::moveRun(const QString& from, const QString& to) {
    activations_->moveRun(from, to);
}

void AffineSetup::setRuns(const std::vector<RunChoice>& runs) {
    activations_->setRuns(runs);
}

void AffineSetup::setRequest(const SampleRequest& request) {
    const QScopedValueRollback filling(filling_, true);
    const bool activations = request.kind == SampleRequest::Kind::Activations;
    kindOfSource_->setCurrentIndex(activations ? kActivations : kDigits);
    firstImage_->setValue(request.firstImage + 1);
    images_->setValue(request.images);
    if (activations) {
        activations_->display(request);
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
    activations_->writeInto(request);
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
    kindOfSource_ = makeChoiceField(content);
    kindOfSource_->addItems({tr("MNIST digits"), tr("Activations of a model")});
    firstImage_ = makeCountField(1, kTestImages, content);
    images_ = makeCountField(1, kMostImages, content);
    images_->setValue(kUsualImages);
    activations_ = new ActivationChoice(content);
    norm_ = makeChoiceField(content);
    for (const NormKind kind : kComparedNorms) {
        norm_->addItem(displayName(kind), static_cast<int>(kind));
    }
    groups_ = makeChoiceField(content);
    epsilon_ = new NumberField(content);
    epsilon_->setAlignment(Qt::AlignRight);
    epsilon_->setNumber(NormSpec{}.eps);
    problem_ = new ProblemLabel(content);
    statistics_ = makeRemark({});
    image_ = makeCountField(1, 1, content);
    digit_ = new QLabel(content);
    channel_ = makeCountField(1, 1, content);
    strip_ = new ImageStrip(content);
}

void AffineSetup::describeFields() {
    describeField(kindOfSource_, tr("Source"),
                  tr("Digits as they are, or what enters a norm layer."));
    describeField(firstImage_, tr("First image"),
                  tr("The first of the batch among the test images."));
    describeField(images_, tr("Images"), tr("How many test images make up the batch."));
    describeField(norm_, tr("Normalization"), tr("Which values share one mean and one variance."));
    describeField(groups_, tr("Groups"),
                  tr("Of the channels, under group norm; they must divide them."));
    describeField(epsilon_, tr("Epsilon"), tr("Is added to the variance before the square root."));
    describeField(image_, tr("Image"), tr("The image that is shown, by its place in the batch."));
    describeField(channel_, tr("Channel"), tr("The channel that is shown."));
}

void AffineSetup::layOut() {
    source_ = makeSettingsForm();
    source_->addRow(kindOfSource_);
    source_->addRow(activations_);
    source_->addRow(tr("First image"), firstImage_);
    source_->addRow(tr("Images"), images_);
    QFormLayout* norm = makeSettingsForm();
    norm->addRow(norm_);
    norm->addRow(tr("Groups"), groups_);
    norm->addRow(tr("Epsilon"), epsilon_);
    norm->addRow(problem_);
    auto* imageRow = new QHBoxLayout;
    imageRow->addWidget(image_, 1);
    imageRow->addWidget(digit_);
    QFormLayout* shown = makeSettingsForm();
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
    connect(activations_, &ActivationChoice::changed, this, [this] {
        if (isOfActivations()) {
            takeRequest();
        }
    });
    connect(activations_, &ActivationChoice::openRunRequested, this,
            &AffineSetup::openRunRequested);
    for (QSpinBox* box : {firstImage_, images_}) {
        connect(box, &QSpinBox::valueChanged, this, &AffineSetup::takeRequest);
    }
    connect(norm_, &QComboBox::currentIndexChanged, this, &AffineSetup::takeSpec);
    connect(groups_, &QComboBox::currentIndexChanged, this, &AffineSetup::takeSpec);
    connect(epsilon_, &QLineEdit::textChanged, this, &AffineSetup::takeSpec);
    connect(image_, &QSpinBox::valueChanged, this, &AffineSetup::takeCell);
    connect(channel_, &QSpinBox::valueChanged, this, &AffineSetup::takeCell);
    connect(strip_, &ImageStrip::imageChosen, this,
            [this](int image) { image_->setValue(image + 1); });
}

bool AffineSetup::isOfActivations() const {
    return kindOfSource_->currentIndex() == kActivations;
}

void AffineSetup::showSource() {
    source_->setRowVisible(activations_, isOfActivations());
}

void AffineSetup::takeRequest() {
    if (!filling_ && !(isOfActivations() && activations_->isEmpty())) {
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
