#include "ui/misclassified/gallery_column.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/misclassified/gallery_view.h"
#include "ui/misclassified/gallery_words.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/elided_label.h"

namespace normscope {
namespace {

/// The first of `texts` that the room is enough for, or the last; all of it in the tool tip.
void setFitting(ElidedLabel& label, const QStringList& texts, int room) {
    QString fitting;
    for (const QString& text : texts) {
        fitting = text;
        if (label.fontMetrics().horizontalAdvance(text) <= room) {
            break;
        }
    }
    label.setText(fitting);
    label.setToolTip(texts.isEmpty() ? QString() : texts.first());
}

}  // namespace

GalleryColumn::GalleryColumn(QWidget* parent)
    : QWidget(parent),
      swatch_(new QLabel(this)),
      name_(new ElidedLabel(this)),
      counts_(new ElidedLabel(this)),
      answer_(new ElidedLabel(this)),
      stack_(new QStackedWidget(this)),
      empty_(makeRemark({})),
      view_(new GalleryView(this)) {
    QFont weight;  // nothing but the weight is set, so family and size stay the program's
    weight.setWeight(QFont::DemiBold);
    name_->setFont(weight);
    counts_->setForegroundRole(QPalette::PlaceholderText);
    empty_->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    empty_->setContentsMargins(kSpacing, 4 * kSpacing, kSpacing, kSpacing);
    stack_->addWidget(view_);
    stack_->addWidget(empty_);

    auto* head = new QHBoxLayout;
    head->setSpacing(kSpacing);
    head->addWidget(swatch_);
    head->addWidget(name_, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kSpacing / 2);
    column->addLayout(head);
    column->addWidget(counts_);
    column->addWidget(answer_);
    column->addWidget(stack_, 1);
    takeLook();
}

void GalleryColumn::setModel(const ComparedModel& model) {
    model_ = model;
    name_->setText(model.label);
    name_->setToolTip(model.runName.isEmpty() ? model.label
                                              : tr("%1, of %2").arg(model.label, model.runName));
    view_->setAccessibleName(tr("Mistakes of %1").arg(model.label));
    takeLook();
}

void GalleryColumn::show(const GalleryAnswers& answers, std::vector<int> images,
                         const QString& emptyText) {
    answers_ = answers;
    shown_ = images.size();
    const bool hadFocus = view_->hasFocus();
    view_->show(answers, std::move(images));
    empty_->setText(emptyText);
    stack_->setCurrentIndex(shown_ == 0 ? 1 : 0);
    if (hadFocus && shown_ > 0) {
        view_->setFocus();
    }
    showHead();
}

void GalleryColumn::choose(std::optional<int> image) {
    chosen_ = image;
    view_->choose(image);
    setFitting(*answer_, answer(), width());
}

void GalleryColumn::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        takeLook();
        showHead();
    }
}

void GalleryColumn::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    showHead();
}

void GalleryColumn::takeLook() {
    if (model_.run) {
        swatch_->setPixmap(swatchPixmap(model_.style(isDark(palette())),
                                        QSize(4, 2) * gridUnit(this), devicePixelRatioF()));
    }
}

void GalleryColumn::showHead() {
    setFitting(*counts_, counts(), width());
    setFitting(*answer_, answer(), width());
}

/// In full, and in fewer words.
QStringList GalleryColumn::counts() const {
    if (answers_.isEmpty()) {
        return {};
    }
    const QLocale locale;
    const int wrong = answers_.wrong();
    QString inFew = tr("%1 wrong").arg(locale.toString(wrong));
    QString inFull =
        tr("%1 wrong of %2").arg(locale.toString(wrong), locale.toString(answers_.size()));
    if (answers_.epoch < static_cast<int>(model_.history().epochs.size())) {
        const QString epoch = locale.toString(answers_.epoch);
        inFull = tr("Epoch %1: %2").arg(epoch, inFull);
        inFew = tr("Epoch %1: %2").arg(epoch, inFew);
    }
    if (shown_ != static_cast<std::size_t>(wrong)) {
        inFull = tr("%1, %2 shown").arg(inFull, locale.toString(qlonglong(shown_)));
    }
    return {inFull, inFew};
}

QStringList GalleryColumn::answer() const {
    const bool known = chosen_ && *chosen_ < answers_.size();
    if (!known) {
        return {};
    }
    const QString inFew = shortAnswer(answers_, *chosen_);
    const QString probabilities = probabilitiesText(answers_, *chosen_);
    return {headerAnswer(answers_, *chosen_),
            probabilities.isEmpty() ? inFew : tr("%1, %2").arg(inFew, probabilities), inFew};
}

}  // namespace normscope
