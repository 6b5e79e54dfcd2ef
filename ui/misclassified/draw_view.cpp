#include "ui/misclassified/draw_view.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "ui/misclassified/digit_image_view.h"
#include "ui/misclassified/drawing_board.h"
#include "ui/misclassified/maps_view.h"
#include "ui/misclassified/probability_bars.h"
#include "ui/misclassified/reading_column.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/problem_label.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

constexpr int kCharacters = 40;    ///< least width
constexpr int kBesideUnits = 108;  ///< grid units from which the parts stand beside each other
constexpr int kLeastUnits = 56;    ///< grid units below which nothing fits
constexpr int kMostUnits = 72;     ///< width of the board

}  // namespace

DrawView::DrawView(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Draw a digit"));
    makeParts();
    layOut();
    connect(board_, &DrawingBoard::inkChanged, this, &DrawView::takeInk);
    connect(board_, &DrawingBoard::pictureGiven, this, &DrawView::pictureRequested);
    connect(undo_, &QPushButton::clicked, board_, &DrawingBoard::undo);
    connect(clear_, &QPushButton::clicked, board_, &DrawingBoard::clear);
    connect(open_, &QPushButton::clicked, this, &DrawView::openPicture);
    takeInk();
}

void DrawView::setModels(const Comparison& models) {
    const bool same = areSameNetworks(models, models_);
    models_ = models;
    if (same) {
        return;
    }
    bars_->setModels(models);
    maps_->setModels(models);
    questions_.forget();
    readings_.clear();
    takeInk();
}

void DrawView::showAnswer(const ReadingAnswer& answer) {
    const ReadingQuestions::Next next = questions_.take(answer);
    // Of a pen that moves, every answer is shown on the way.
    if (next.isAnswer && hasInk_) {
        readings_ = answer.models;
        showReadings();
    }
    if (next.question) {
        emit readingRequested(*next.question);
    }
}

void DrawView::showInk(const GreyImage& ink) {
    emit problemChanged({});
    board_->setInk(ink);
}

void DrawView::showPictureProblem(const QString& sentence) {
    emit problemChanged(sentence);
}

void DrawView::makeParts() {
    board_ = new DrawingBoard;
    undo_ = new QPushButton(tr("Undo"));
    describeField(undo_, undo_->text(), tr("Takes the last stroke back."));
    clear_ = new QPushButton(tr("Clear"));
    describeField(clear_, clear_->text(), tr("Wipes the board."));
    open_ = new QPushButton(tr("Open picture..."));
    describeField(open_, tr("Open picture"),
                  tr("A PNG or JPEG of one digit on paper, dark on light or light on dark."));
    prepared_ = new DigitImageView;
    prepared_->setAccessibleName(tr("As the networks see it"));
    remark_ = makeRemark({});
    bars_ = new ProbabilityBars;
    problem_ = new ProblemLabel;
    maps_ = new MapsView;
}

void DrawView::layOut() {
    const int unit = gridUnit(this);
    auto* left = new QVBoxLayout;
    left->setSpacing(unit);
    left->addWidget(board_);
    auto* buttons = new FlowLayout(FlowLayout::Spare::AtTheEnd);
    buttons->addWidget(undo_);
    buttons->addWidget(clear_);
    buttons->addWidget(open_);
    left->addLayout(buttons);
    left->addStretch(1);

    prepared_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(unit);
    middle->addWidget(makeHeading(prepared_->accessibleName()));
    middle->addWidget(prepared_);
    middle->addWidget(remark_);
    middle->addSpacing(unit);
    middle->addWidget(bars_);
    middle->addWidget(problem_);
    middle->addStretch(1);

    auto* right = new QVBoxLayout;
    right->setSpacing(unit);
    right->addWidget(makeHeading(tr("Before and after a norm layer")));
    right->addWidget(maps_, 1);

    auto* scrolled = new ReadingColumn(kCharacters, this);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(scrolled);
    parts_ = new QBoxLayout(QBoxLayout::TopToBottom, scrolled->widget());
    parts_->setContentsMargins({});
    parts_->setSpacing(3 * unit);
    board_->setMaximumWidth(kMostUnits * unit);
    parts_->addLayout(left, 5);
    parts_->addLayout(middle, 6);
    parts_->addLayout(right, 4);
    scrolled->keepFieldsFromTheWheel();
    fitToWidth();
}

void DrawView::fitToWidth() {
    const bool beside = width() >= kBesideUnits * gridUnit(font());
    parts_->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

/// Of the parts below each other, so that a window can become narrow again.
QSize DrawView::minimumSizeHint() const {
    return {kLeastUnits * gridUnit(font()), QWidget::minimumSizeHint().height()};
}

void DrawView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitToWidth();
}

void DrawView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitToWidth();
    }
}

void DrawView::takeInk() {
    undo_->setEnabled(board_->canUndo());
    clear_->setEnabled(!board_->isBlank());
    const auto digit = prepareDigit(board_->ink());
    hasInk_ = digit.has_value();
    if (digit) {
        image_ = digit->image;
        prepared_->setPrepared(*digit, tr("Fitted into a box of 20 by 20 pixels."));
        remark_->setText(
            tr("Fitted into a box of 20 × 20 pixels and centred by its mass, as the images of "
               "MNIST were made."));
        ask();
    } else {
        prepared_->clear(tr("Nothing is drawn yet."));
        remark_->setText(models_.empty() ? tr("Choose models to compare, then draw a digit.")
                                         : tr("Draw a digit: every model answers at once."));
        questions_.forget();
        readings_.clear();
        showReadings();
    }
}

void DrawView::ask() {
    if (models_.empty()) {
        return;
    }
    ReadingRequest request;
    request.image = image_;
    if (const auto question = questions_.ask(std::move(request))) {
        emit readingRequested(*question);
    }
}

void DrawView::showReadings() {
    if (readings_.empty()) {
        bars_->clear();
    } else {
        bars_->setReadings(readings_, /*label=*/-1);
    }
    problem_->setProblem(problemsOf(readings_));
    maps_->setReadings(readings_);
}

void DrawView::openPicture() {
    auto* dialog = new QFileDialog(this, tr("Open a picture of a digit"), {},
                                   tr("Pictures (*.png *.jpg *.jpeg)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DrawView::pictureRequested);
    dialog->open();
}

}  // namespace normscope
