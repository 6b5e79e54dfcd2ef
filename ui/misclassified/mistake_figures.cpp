#include "ui/misclassified/mistake_figures.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/misclassified/agreement_figure.h"
#include "ui/misclassified/confusion_figure.h"
#include "ui/misclassified/history_panel.h"
#include "ui/panel_text.h"
#include "ui/theme.h"

namespace normscope {
namespace {

/// As wide as the room, and scrolled where that is too little.
QScrollArea* makeScroll(QWidget* content) {
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    content->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

std::optional<ConfusionCell> cellOf(const GalleryFilter& filter) {
    return filter.label && filter.prediction
               ? std::optional(ConfusionCell{*filter.label, *filter.prediction})
               : std::nullopt;
}

}  // namespace

MistakeFigures::MistakeFigures(QWidget* parent)
    : TablesDrawer(parent), history_(new HistoryPanel(this)) {
    describe(tr("Figures"), tr("Show figures"),
             tr("Shows or hides the figures; hidden, the galleries have their room."));
    addTable(tr("Confusion"), makeConfusions());
    addTable(tr("Between models"), makeAgreement());
    addTable(tr("Training history"), makeScroll(history_));
    connect(history_, &HistoryPanel::epochChanged, this, &MistakeFigures::epochChanged);
    connect(agreement_, &AgreementFigure::setChosen, this, &MistakeFigures::setChosen);
}

void MistakeFigures::show(const Mistakes& mistakes, std::optional<int> image) {
    showMoment(mistakes);
    history_->setContents(mistakes.histories(isDark(palette()), image));
}

void MistakeFigures::showMoment(const Mistakes& mistakes) {
    const bool dark = isDark(palette());
    showConfusions(mistakes.confusions(dark));
    agreement_->setContent(mistakes.agreementContent(dark));
    const bool several = mistakes.held.size() > 1;
    agreement_->setVisible(several);
    agreementRemark_->setVisible(!several);
}

void MistakeFigures::setFilter(const GalleryFilter& filter) {
    filter_ = filter;
    agreement_->setFilter(filter.misreaders);
    for (ConfusionFigure* figure : confusions_) {
        figure->setChosen(cellOf(filter));
    }
}

void MistakeFigures::setImage(const Mistakes& mistakes, std::optional<int> image) {
    history_->setDigits(mistakes.digitHistories(image));
}

std::optional<int> MistakeFigures::epoch() const {
    return history_->epoch();
}

int MistakeFigures::roomWanted() const {
    constexpr double kComfort = 1.3;
    const int tabs = 4 * fontMetrics().height();
    return tabs + static_cast<int>(kComfort * ConfusionLayout::minimumSize(font()).height());
}

QWidget* MistakeFigures::makeConfusions() {
    auto* content = new QWidget;
    confusionRow_ = new QHBoxLayout(content);
    confusionRow_->setContentsMargins(0, kSpacing, 0, 0);
    confusionRow_->setSpacing(2 * kSpacing);
    return makeScroll(content);
}

QWidget* MistakeFigures::makeAgreement() {
    agreement_ = new AgreementFigure;
    agreementRemark_ = makeRemark(
        tr("With two or more models that were tested on the same images, this shows which digits "
           "they misread together and which alone."));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, kSpacing, 0, 0);
    column->addWidget(agreement_, 1);
    column->addWidget(agreementRemark_, 0, Qt::AlignTop);
    return makeScroll(content);
}

void MistakeFigures::showConfusions(const std::vector<ConfusionContent>& contents) {
    while (confusions_.size() > contents.size()) {
        delete confusions_.back();
        confusions_.pop_back();
    }
    while (confusions_.size() < contents.size()) {
        auto* figure = new ConfusionFigure;
        figure->setChosen(cellOf(filter_));
        confusionRow_->addWidget(figure, 1);
        connect(figure, &ConfusionFigure::cellChosen, this, &MistakeFigures::cellChosen);
        confusions_.push_back(figure);
    }
    for (std::size_t i = 0; i < contents.size(); ++i) {
        confusions_[i]->setContent(contents[i]);
    }
}

}  // namespace normscope
