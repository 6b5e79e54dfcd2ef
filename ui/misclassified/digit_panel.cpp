#include "ui/misclassified/digit_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/misclassified/digit_image_view.h"
#include "ui/misclassified/gallery_words.h"
#include "ui/misclassified/maps_view.h"
#include "ui/misclassified/probability_bars.h"
#include "ui/misclassified/reading_column.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/problem_label.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

constexpr int kCompanions = 7;
constexpr std::size_t kMostTrials = 12;
constexpr int kCharacters = 46;  ///< usual width of the panel
constexpr int kSheetImages = 4;

/// Place of the model among those of its run that were saved.
int placeAmongSaved(const ComparedModel& model) {
    const auto first = model.run->models.begin();
    return static_cast<int>(
        std::count_if(first, first + static_cast<std::ptrdiff_t>(model.model),
                      [](const ModelHistory& history) { return !history.epochs.empty(); }));
}

}  // namespace

DigitPanel::DigitPanel(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Digit in detail"));
    makeParts();
    layOut();
    connect(reshuffle_, &QPushButton::clicked, this, [this] {
        chooseCompanions();
        ask();
    });
    connect(sheet_, &QPushButton::clicked, this, &DigitPanel::requestSheet);
    showWhatIsThere();
}

void DigitPanel::setModels(const Comparison& models) {
    const bool same = areSameNetworks(models, models_);
    models_ = models;
    if (same) {
        return;
    }
    bars_->setModels(models_);
    maps_->setModels(models_);
    startAnew();
}

void DigitPanel::showDigit(std::shared_ptr<const Dataset> dataset, int index) {
    if (dataset == dataset_ && index == index_) {
        return;
    }
    dataset_ = std::move(dataset);
    index_ = index;
    startAnew();
}

void DigitPanel::showAnswer(const ReadingAnswer& answer) {
    const ReadingQuestions::Next next = questions_.take(answer);
    if (next.isLatest) {
        readings_ = answer.models;
        addTrials(answer.models);
        showWhatIsThere();
    }
    if (next.question) {
        emit readingRequested(*next.question);
    }
}

void DigitPanel::setBesideEarlierEpoch(bool earlier) {
    if (earlier != besideEarlierEpoch_) {
        besideEarlierEpoch_ = earlier;
        showWhatIsThere();
    }
}

QSize DigitPanel::sizeHint() const {
    return {kCharacters * fontMetrics().averageCharWidth(), 80 * gridUnit(this)};
}

void DigitPanel::makeParts() {
    empty_ = makeRemark({});
    image_ = new DigitImageView;
    image_->setAccessibleName(tr("Digit"));
    title_ = makeHeading({});
    verdict_ = makeParagraph({});
    bars_ = new ProbabilityBars;
    problem_ = new ProblemLabel;
    maps_ = new MapsView;
    sheet_ = new QPushButton(tr("Open these activations in the sheet"));
    describeField(sheet_, sheet_->text(),
                  tr("Takes what enters this norm layer, of this image and the ones after it, to "
                     "page Normalize."));
    row_ = new DigitImageRow;
    row_->setAccessibleName(tr("Companions"));
    chart_ = new CompanionsChart;
    sentence_ = makeParagraph({});
    reshuffle_ = new QPushButton(tr("Reshuffle companions"));
    describeField(reshuffle_, reshuffle_->text(),
                  tr("Reads the digit once more, among other test images drawn at random."));
}

void DigitPanel::layOut() {
    const int unit = gridUnit(this);
    auto* column = new ReadingColumn(kCharacters, this);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(empty_, 0, Qt::AlignTop);
    outer->addWidget(column, 1);
    content_ = column;

    auto* texts = new QVBoxLayout;
    texts->setSpacing(unit / 2);
    texts->addWidget(title_);
    texts->addWidget(verdict_, 1);
    verdict_->setAlignment(Qt::AlignTop);
    auto* head = new QHBoxLayout;
    head->setSpacing(2 * unit);
    head->addWidget(image_);
    head->addLayout(texts, 1);
    image_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);

    auto* parts = new QVBoxLayout(column->widget());
    parts->setContentsMargins(0, 0, unit, unit);
    parts->setSpacing(unit);
    parts->addLayout(head);
    parts->addWidget(bars_);
    parts->addWidget(problem_);
    parts->addSpacing(unit);
    parts->addWidget(makeHeading(tr("Before and after a norm layer")));
    parts->addWidget(maps_);
    parts->addWidget(sheet_, 0, Qt::AlignLeft);
    parts->addSpacing(unit);
    parts->addWidget(makeHeading(tr("Among companions in a mini-batch")));
    parts->addWidget(row_);
    parts->addWidget(
        makeRemark(tr("The probability of each model's answer: a tick in evaluation "
                      "mode, a dot in training mode for each set of companions.")));
    parts->addWidget(chart_);
    parts->addWidget(sentence_);
    parts->addWidget(reshuffle_, 0, Qt::AlignLeft);
    parts->addStretch();
    column->keepFieldsFromTheWheel();
}

bool DigitPanel::hasDigit() const {
    return dataset_ != nullptr && index_ >= 0 && index_ < dataset_->test.size();
}

/// Another digit or other models: nothing that was answered holds any more.
void DigitPanel::startAnew() {
    questions_.forget();
    readings_.clear();
    trials_.assign(models_.size(), std::nullopt);
    if (hasDigit() && !models_.empty()) {
        random_.seed(static_cast<quint32>(index_));
        chooseCompanions();
        ask();
    }
    showWhatIsThere();
}

void DigitPanel::chooseCompanions() {
    const int available = dataset_->test.size();
    companions_.clear();
    while (static_cast<int>(companions_.size()) < std::min(kCompanions, available - 1)) {
        const int other = random_.bounded(available);
        if (other != index_ && std::ranges::find(companions_, other) == companions_.end()) {
            companions_.push_back(other);
        }
    }
}

void DigitPanel::ask() {
    ReadingRequest request;
    request.image = imageAt(index_);
    request.index = index_;
    request.companions = companions_;
    if (const auto question = questions_.ask(std::move(request))) {
        emit readingRequested(*question);
    }
}

void DigitPanel::addTrials(const std::vector<ModelReading>& readings) {
    for (std::size_t i = 0; i < std::min(models_.size(), readings.size()); ++i) {
        const ModelReading& reading = readings[i];
        if (!reading.problem.isEmpty()) {
            trials_[i].reset();
            continue;
        }
        const auto digit = static_cast<std::size_t>(reading.reading.digit);
        if (!trials_[i]) {
            trials_[i] =
                CompanionTrials{reading.reading.digit, reading.reading.probabilities[digit], {}};
        }
        std::vector<double>& together = trials_[i]->together;
        together.push_back(reading.amongCompanions[digit]);
        if (together.size() > kMostTrials) {
            together.erase(together.begin());
        }
    }
}

void DigitPanel::showWhatIsThere() {
    const bool shows = hasDigit() && !models_.empty();
    content_->setVisible(shows);
    empty_->setVisible(!shows);
    empty_->setText(models_.empty()
                        ? tr("Choose models to compare, then a digit.")
                        : tr("Choose a digit in a gallery to see it large, what every model makes "
                             "of it and how it passes through the norm layers."));
    if (!shows) {
        return;
    }
    showHead();
    if (readings_.empty()) {
        bars_->clear();
    } else {
        bars_->setReadings(readings_, dataset_->test.labels[static_cast<std::size_t>(index_)]);
    }
    problem_->setProblem(problemsOf(readings_));
    maps_->setReadings(readings_);
    showCompanions();
}

void DigitPanel::showHead() {
    const QLocale locale;
    const int label = dataset_->test.labels[static_cast<std::size_t>(index_)];
    const QString number = imageNumber(index_);
    title_->setText(tr("Test image %1").arg(number));
    image_->setImage(imageAt(index_),
                     tr("Test image %1, a %2.").arg(number, locale.toString(label)));
    QStringList right;
    QStringList wrong;
    for (std::size_t i = 0; i < std::min(models_.size(), readings_.size()); ++i) {
        if (readings_[i].problem.isEmpty()) {
            (readings_[i].reading.digit == label ? right : wrong) << models_[i].label;
        }
    }
    const QString separator = QStringLiteral(", ");
    QStringList sentences{tr("This is a %1.").arg(locale.toString(label))};
    if (!wrong.isEmpty()) {
        const QString labels = wrong.join(separator);
        sentences << (besideEarlierEpoch_ ? tr("After the last epoch: misread by %1.").arg(labels)
                                          : tr("Misread by %1.").arg(labels));
    }
    if (!right.isEmpty()) {
        const QString labels = right.join(separator);
        sentences << (besideEarlierEpoch_ ? tr("After the last epoch: read by %1.").arg(labels)
                                          : tr("Read by %1.").arg(labels));
    }
    verdict_->setText(sentences.join('\n'));
}

void DigitPanel::showCompanions() {
    std::vector<DigitImage> images{imageAt(index_)};
    std::vector<int> labels{dataset_->test.labels[static_cast<std::size_t>(index_)]};
    for (const int companion : companions_) {
        images.push_back(imageAt(companion));
        labels.push_back(dataset_->test.labels[static_cast<std::size_t>(companion)]);
    }
    row_->setImages(std::move(images), std::move(labels));
    chart_->setTrials(models_, trials_);
    sentence_->setText(companionsSentence(models_, trials_));
}

void DigitPanel::requestSheet() {
    const std::size_t place = maps_->model();
    if (!hasDigit() || place >= models_.size()) {
        return;
    }
    const ComparedModel& model = models_[place];
    SampleRequest request;
    request.kind = SampleRequest::Kind::Activations;
    request.firstImage = index_;
    request.images = kSheetImages;
    request.run = QString::fromStdString(model.run->folder.generic_string());
    request.model = placeAmongSaved(model);
    request.normLayer = maps_->normLayer();
    emit sheetRequested(request);
}

DigitImage DigitPanel::imageAt(int index) const {
    DigitImage image;
    std::ranges::copy(dataset_->test.image(index), image.begin());
    return image;
}

}  // namespace normscope
