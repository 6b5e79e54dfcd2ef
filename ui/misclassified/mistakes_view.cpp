#include "ui/misclassified/mistakes_view.h"

#include <QEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/misclassified/digit_panel.h"
#include "ui/misclassified/gallery_bar.h"
#include "ui/misclassified/gallery_board.h"
#include "ui/misclassified/gallery_sheet.h"
#include "ui/misclassified/mistake_figures.h"
#include "ui/misclassified/mistake_pictures.h"
#include "ui/panel_text.h"
#include "ui/reading_order.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kDigitCharacters = 42;  ///< preferred width of the digit in detail
constexpr int kSheetColumns = 5;
constexpr std::array kSheetRows{2, 4};

}  // namespace

MistakesView::MistakesView(QWidget* parent)
    : QWidget(parent),
      // In the order of the Tab key.
      bar_(new GalleryBar(this)),
      notice_(makeRemark({})),
      rows_(new QSplitter(Qt::Vertical, this)),
      board_(new GalleryBoard(this)),
      figures_(new MistakeFigures(this)),
      digit_(new DigitPanel(this)) {
    layOut();
    connectParts();
    board_->setMagnification(bar_->magnification());
}

void MistakesView::setComparison(const Comparison& models, std::shared_ptr<const Dataset> dataset) {
    const QStringList heldBefore = mistakes_.heldLabels();
    const bool sameDataset = dataset == dataset_;
    const std::optional<int> epoch = figures_->epoch();
    dataset_ = std::move(dataset);
    mistakes_ = mistakesAfter(models, epoch);
    board_->setDataset(dataset_);
    digit_->setModels(models);
    if (mistakes_.heldLabels() != heldBefore) {
        // Sets of other models mean something else.
        GalleryFilter filter = bar_->filter();
        filter.misreaders = {};
        const QSignalBlocker blocker(bar_);
        bar_->setFilter(filter);
        figures_->setFilter(filter);
    }
    figures_->show(mistakes_, board_->chosen());
    if (figures_->epoch() != epoch) {  // there are fewer epochs now than that
        mistakes_ = mistakesAfter(models, figures_->epoch());
        figures_->showMoment(mistakes_);
    }
    showGalleries();
    setReadingOrder({bar_, board_, figures_, digit_});
    const bool begins = dataset_ && !board_->chosen();
    if (begins) {
        // Nobody should have to guess what the room beside the galleries is for.
        board_->chooseFirst();
        figures_->setImage(mistakes_, board_->chosen());
    }
    if (begins || !sameDataset) {
        showDigit();
    }
}

std::vector<Picture> MistakesView::pictures() const {
    std::vector<Picture> pictures = sheets();
    for (MistakePicture& drawn : mistakePictures(mistakes_, board_->chosen())) {
        pictures.push_back(std::move(drawn.picture));
    }
    return pictures;
}

std::vector<Picture> MistakesView::sheets() const {
    std::vector<Picture> sheets;
    for (const std::size_t model : mistakes_.held) {
        for (const int rows : kSheetRows) {
            if (dataset_) {
                sheets.push_back(
                    gallerySheet(mistakes_.models[model], dataset_, kSheetColumns, rows));
            }
        }
    }
    return sheets;
}

void MistakesView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        figures_->show(mistakes_, board_->chosen());
    }
}

void MistakesView::layOut() {
    rows_->setChildrenCollapsible(false);
    rows_->addWidget(board_);
    rows_->addWidget(figures_);
    rows_->setStretchFactor(0, 1);
    auto* galleries = new QWidget(this);
    auto* column = new QVBoxLayout(galleries);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(notice_);
    column->addWidget(rows_, 1);

    auto* body = new QSplitter(Qt::Horizontal, this);
    body->setChildrenCollapsible(false);
    body->addWidget(galleries);
    body->addWidget(digit_);
    body->setStretchFactor(0, 3);
    body->setStretchFactor(1, 1);
    const int detail = kDigitCharacters * fontMetrics().averageCharWidth();
    body->setSizes({3 * detail, detail});
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins({});
    all->setSpacing(kSpacing);
    all->addWidget(bar_);
    all->addWidget(body, 1);
}

void MistakesView::connectParts() {
    connect(bar_, &GalleryBar::filterChanged, this, [this] {
        figures_->setFilter(bar_->filter());
        showGalleries();
    });
    connect(bar_, &GalleryBar::orderChanged, this, &MistakesView::showGalleries);
    connect(bar_, &GalleryBar::magnificationChanged, board_, &GalleryBoard::setMagnification);
    connect(board_, &GalleryBoard::magnificationStepped, bar_, &GalleryBar::stepMagnification);
    connect(board_, &GalleryBoard::imageChosen, this, [this](int image) {
        figures_->setImage(mistakes_, image);
        showDigit();
    });
    connect(figures_, &TablesDrawer::openChanged, this, &MistakesView::giveFiguresRoom);
    connect(figures_, &MistakeFigures::cellChosen, this, &MistakesView::filterToCell);
    connect(figures_, &MistakeFigures::setChosen, this, &MistakesView::filterToSet);
    connect(figures_, &MistakeFigures::epochChanged, this, &MistakesView::takeEpoch);
}

/// All that the figures need, but no more than half.
void MistakesView::giveFiguresRoom(bool open) {
    const int height = rows_->height() - rows_->handleWidth();
    const int figures = open ? std::min(height / 2, figures_->roomWanted()) : 0;
    rows_->setSizes({height - figures, figures});
}

void MistakesView::takeEpoch() {
    mistakes_ = mistakesAfter(mistakes_.models, figures_->epoch());
    showGalleries();
    figures_->showMoment(mistakes_);
}

void MistakesView::showGalleries() {
    bar_->setAgreement(mistakes_.agreement, mistakes_.heldLabels());
    board_->show(mistakes_, bar_->filter(), bar_->order());
    digit_->setBesideEarlierEpoch(mistakes_.earlierEpoch().has_value());
    showNotice();
}

void MistakesView::showNotice() {
    QStringList sentences;
    if (!mistakes_.models.empty() && !dataset_) {
        sentences << tr("The test images are not at hand, so the digits are not shown.");
    }
    if (!sharesTestImages(mistakes_.models)) {
        sentences << tr("Not all models were tested on the same images: only those tested on the "
                        "images of %1 are held against each other.")
                         .arg(mistakes_.models.front().label);
    }
    const bool byProbability =
        bar_->order() == GalleryOrder::Confidence || bar_->order() == GalleryOrder::Loss;
    const bool anyWithout = std::ranges::any_of(mistakes_.answers, [](const GalleryAnswers& read) {
        return !read.isEmpty() && !read.hasProbabilities();
    });
    if (byProbability && anyWithout) {
        sentences << tr(
            "Probabilities are kept of the last epoch alone: those before it are in "
            "the order of the images.");
    }
    notice_->setText(sentences.join(' '));
    notice_->setVisible(!sentences.isEmpty());
}

void MistakesView::showDigit() {
    const std::optional<int> image = board_->chosen();
    const bool known = dataset_ && image && *image < dataset_->test.size();
    digit_->showDigit(dataset_, known ? *image : -1);
}

/// Once more lifts the filter. Digits read rightly are no mistakes, so that these must be shown.
void MistakesView::filterToCell(const ConfusionCell& cell) {
    GalleryFilter filter = bar_->filter();
    const bool again = filter.label == cell.label && filter.prediction == cell.prediction;
    filter.label = again ? std::nullopt : std::optional(cell.label);
    filter.prediction = again ? std::nullopt : std::optional(cell.prediction);
    filter.correctToo = filter.correctToo || (!again && !cell.isMistake());
    bar_->setFilter(filter);
}

void MistakesView::filterToSet(ModelSet models) {
    GalleryFilter filter = bar_->filter();
    const bool again = filter.misreaders.exactly == models;
    filter.misreaders = {};
    if (!again) {
        filter.misreaders.exactly = models;
    }
    bar_->setFilter(filter);
}

}  // namespace normscope
