#include "ui/misclassified/gallery_board.h"

#include <QCoreApplication>
#include <QHBoxLayout>

#include "ui/misclassified/gallery_column.h"
#include "ui/misclassified/gallery_view.h"

namespace normscope {
namespace {

constexpr int kGap = 8;

/// Why the gallery of a model shows nothing.
QString emptyText(const GalleryAnswers& answers, const QString& label,
                  const GalleryFilter& filter) {
    if (answers.isEmpty()) {
        return answers.problem;
    }
    if (!filter.isNarrow()) {
        return GalleryBoard::tr("%1 reads every digit rightly.").arg(label);
    }
    return filter.correctToo
               ? GalleryBoard::tr("The filter leaves no digit.")
               : GalleryBoard::tr("%1 misreads no digit that the filter leaves.").arg(label);
}

}  // namespace

GalleryBoard::GalleryBoard(QWidget* parent) : QScrollArea(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidgetResizable(true);
    auto* content = new QWidget(this);
    content->setAutoFillBackground(false);
    row_ = new QHBoxLayout(content);
    row_->setContentsMargins({});
    row_->setSpacing(kGap);
    setWidget(content);
    viewport()->setAutoFillBackground(false);
}

void GalleryBoard::show(const Mistakes& mistakes, const GalleryFilter& filter, GalleryOrder order) {
    setCount(mistakes.models.size());
    for (std::size_t model = 0; model < columns_.size(); ++model) {
        const GalleryAnswers& answers = mistakes.answers[model];
        const bool held = std::ranges::find(mistakes.held, model) != mistakes.held.end();
        const std::span<const ModelSet> misreaders =
            held ? std::span<const ModelSet>(mistakes.agreement.misreaders)
                 : std::span<const ModelSet>{};
        GalleryColumn* column = columns_[model];
        column->setModel(mistakes.models[model]);
        column->view().gallery().setDataset(answers.isEmpty() ? nullptr : dataset_);
        column->show(answers, shownImages(answers, misreaders, filter, order),
                     emptyText(answers, mistakes.models[model].label, filter));
    }
}

void GalleryBoard::setDataset(std::shared_ptr<const Dataset> dataset) {
    dataset_ = std::move(dataset);
    for (GalleryColumn* column : columns_) {
        column->view().gallery().setDataset(column->answers().isEmpty() ? nullptr : dataset_);
    }
}

void GalleryBoard::setMagnification(int magnification) {
    magnification_ = magnification;
    for (GalleryColumn* column : columns_) {
        column->view().setMagnification(magnification);
    }
}

std::optional<int> GalleryBoard::firstShown() const {
    for (const GalleryColumn* column : columns_) {
        const GalleryModel& gallery = column->view().gallery();
        if (gallery.rowCount() > 0) {
            return gallery.imageAt(0);
        }
    }
    return std::nullopt;
}

void GalleryBoard::choose(std::optional<int> image) {
    chosen_ = image;
    for (GalleryColumn* column : columns_) {
        column->choose(image);
    }
}

void GalleryBoard::chooseFirst() {
    choose(firstShown());
    for (GalleryColumn* column : columns_) {
        column->view().scrollToTop();
    }
}

void GalleryBoard::setCount(std::size_t count) {
    while (columns_.size() > count) {
        delete columns_.back();
        columns_.pop_back();
    }
    while (columns_.size() < count) {
        columns_.push_back(makeColumn());
    }
}

GalleryColumn* GalleryBoard::makeColumn() {
    auto* column = new GalleryColumn(widget());
    row_->addWidget(column, 1);
    column->view().setMagnification(magnification_);
    column->choose(chosen_);
    connect(&column->view(), &GalleryView::imageChosen, this, [this](int image) {
        choose(image);
        emit imageChosen(image);
    });
    connect(&column->view(), &GalleryView::magnificationStepped, this,
            &GalleryBoard::magnificationStepped);
    return column;
}

}  // namespace normscope
