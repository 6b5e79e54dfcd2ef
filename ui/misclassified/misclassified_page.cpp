#include "ui/misclassified/misclassified_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/misclassified/digit_panel.h"
#include "ui/misclassified/draw_view.h"
#include "ui/misclassified/mistakes_view.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"
#include "ui/widgets/message_strip.h"

namespace normscope {
namespace {

enum View { kMistakes, kDraw };

}  // namespace

MisclassifiedPage::MisclassifiedPage(QWidget* parent)
    : QWidget(parent),
      tabs_(new QTabBar(this)),
      choose_(new QPushButton(tr("Choose models..."), this)),
      saveList_(new QPushButton(tr("Save list..."), this)),
      export_(new QToolButton(this)),
      message_(new MessageStrip(this)),
      stack_(new QStackedWidget(this)),
      mistakes_(new MistakesView(this)),
      draw_(new DrawView(this)),
      empty_(makeEmptyState()) {
    setAccessibleName(tr("Misclassified"));
    makeActions();
    layOut();
    connectParts();
    takeIcons();
    showState();
}

void MisclassifiedPage::setComparison(const Comparison& models,
                                      std::shared_ptr<const Dataset> dataset) {
    models_ = models;
    mistakes_->setComparison(models, std::move(dataset));
    draw_->setModels(models);
    showState();
}

void MisclassifiedPage::showAnswer(const ReadingAnswer& answer) {
    ReadingAnswer own = answer;
    if (answer.request.id == digitAsked_.id) {
        own.request.id = digitAsked_.own;
        mistakes_->digitPanel().showAnswer(own);
    } else if (answer.request.id == drawAsked_.id) {
        own.request.id = drawAsked_.own;
        draw_->showAnswer(own);
    }
}

void MisclassifiedPage::setMessage(const QString& sentence) {
    message_->setMessage(sentence);
}

std::vector<Picture> MisclassifiedPage::pictures() const {
    return mistakes_->pictures();
}

QString MisclassifiedPage::caption() const {
    QStringList models;
    for (const ComparedModel& model : models_) {
        models << (model.runName.isEmpty() ? model.label
                                           : tr("%1 (%2)").arg(model.label, model.runName));
    }
    return models.isEmpty() ? QString() : tr("Compared: %1").arg(models.join(QStringLiteral(", ")));
}

void MisclassifiedPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        takeIcons();
    }
}

QWidget* MisclassifiedPage::makeEmptyState() {
    auto* text =
        makeRemark(tr("No model is chosen. Train some on page Train, or choose models of "
                      "runs that are kept: their mistakes are shown here side by side."));
    text->setAlignment(Qt::AlignCenter);
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->addWidget(text);
    return content;
}

void MisclassifiedPage::makeActions() {
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(tr("Views"));
    tabs_->addTab(tr("Mistakes"));
    tabs_->addTab(tr("Draw a digit"));
    choose_->setAccessibleName(tr("Choose models"));
    choose_->setToolTip(tr("Which models of which runs are shown side by side."));
    saveList_->setAccessibleName(tr("Save list"));
    saveList_->setToolTip(
        tr("Saves the mistakes of all models after their last epoch as one table (CSV). Its index "
           "counts from 0, as in the data files: image 1 is index 0."));
    export_->setAutoRaise(true);
    export_->setFocusPolicy(Qt::StrongFocus);
    export_->setAccessibleName(tr("Export Misclassified"));
    export_->setToolTip(tr("Save, copy or print these pictures"));
}

void MisclassifiedPage::layOut() {
    stack_->addWidget(mistakes_);
    stack_->addWidget(draw_);
    stack_->addWidget(empty_);
    auto* top = new QHBoxLayout;
    top->setSpacing(kSpacing);
    top->addWidget(tabs_);
    top->addStretch(1);
    top->addWidget(choose_);
    top->addWidget(saveList_);
    top->addWidget(export_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kSpacing, kSpacing, 2 * kSpacing, kSpacing);
    column->setSpacing(kSpacing);
    column->addLayout(top);
    column->addWidget(message_);
    column->addWidget(stack_, 1);
}

void MisclassifiedPage::connectParts() {
    connect(tabs_, &QTabBar::currentChanged, this, &MisclassifiedPage::showState);
    connect(choose_, &QPushButton::clicked, this, &MisclassifiedPage::chooseModelsRequested);
    connect(saveList_, &QPushButton::clicked, this, &MisclassifiedPage::saveListRequested);
    connect(export_, &QToolButton::clicked, this, &MisclassifiedPage::exportRequested);
    DigitPanel* digit = &mistakes_->digitPanel();
    connect(digit, &DigitPanel::readingRequested, this,
            [this](const ReadingRequest& request) { forward(digitAsked_, request); });
    connect(digit, &DigitPanel::sheetRequested, this, &MisclassifiedPage::sheetRequested);
    connect(draw_, &DrawView::readingRequested, this,
            [this](const ReadingRequest& request) { forward(drawAsked_, request); });
    connect(draw_, &DrawView::problemChanged, this, &MisclassifiedPage::setMessage);
}

void MisclassifiedPage::forward(Asked& asked, ReadingRequest request) {
    asked = {.id = ++lastId_, .own = request.id};
    request.id = asked.id;
    emit readingRequested(request);
}

void MisclassifiedPage::showState() {
    const bool drawing = tabs_->currentIndex() == kDraw;
    stack_->setCurrentWidget(
        models_.empty() ? empty_ : (drawing ? static_cast<QWidget*>(draw_) : mistakes_));
    const auto& answers = mistakes_->mistakes().answers;
    const bool any =
        std::ranges::any_of(answers, [](const GalleryAnswers& read) { return !read.isEmpty(); });
    saveList_->setEnabled(any);
    export_->setEnabled(any);
}

void MisclassifiedPage::takeIcons() {
    export_->setIcon(themedIcon("export", palette()));
}

}  // namespace normscope
