#include "ui/misclassified/gallery_bar.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>

#include "core/network.h"
#include "ui/misclassified/agreement_words.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/named_combo_box.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

constexpr int kGapBetweenGroups = 12;
constexpr int kSmallest = 1;  ///< logical pixels for each pixel of a digit
constexpr int kLargest = 8;
constexpr int kUsual = 3;

QString capitalized(const QString& text) {
    return text.left(1).toUpper() + text.mid(1);
}

std::optional<int> digitIn(const QComboBox& box) {
    return box.currentIndex() > 0 ? std::optional(box.currentIndex() - 1) : std::nullopt;
}

}  // namespace

GalleryBar::GalleryBar(QWidget* parent) : QWidget(parent) {
    makeControls();
    layOut();
    setAgreement({}, {});
    showFilter();
    for (QComboBox* box : {label_, prediction_, misreaders_}) {
        connect(box, &QComboBox::currentIndexChanged, this, &GalleryBar::takeFields);
    }
    connect(correctToo_, &QCheckBox::toggled, this, &GalleryBar::takeFields);
    connect(order_, &QComboBox::currentIndexChanged, this, &GalleryBar::orderChanged);
    connect(clear_, &QPushButton::clicked, this, [this] {
        GalleryFilter wide;
        wide.correctToo = filter_.correctToo;
        setFilter(wide);
    });
    connect(size_, &QSlider::valueChanged, this, &GalleryBar::magnificationChanged);
}

GalleryOrder GalleryBar::order() const {
    return static_cast<GalleryOrder>(order_->currentData().toInt());
}

int GalleryBar::magnification() const {
    return size_->value();
}

void GalleryBar::setFilter(const GalleryFilter& filter) {
    if (filter == filter_) {
        return;
    }
    filter_ = filter;
    showFilter();
    emit filterChanged();
}

void GalleryBar::setAgreement(const Agreement& agreement, const QStringList& labels) {
    const QLocale locale;
    const QSignalBlocker blocker(misreaders_);
    misreaders_->clear();
    misreaderChoices_.clear();
    const auto add = [this](const QString& text, const MisreaderFilter& choice) {
        misreaders_->addItem(text);
        misreaderChoices_.push_back(choice);
    };
    add(tr("Any"), {});
    if (labels.size() > 1) {
        const auto counted = [&](const QString& text, int images) {
            return tr("%1: %2").arg(text, locale.toString(images));
        };
        const int all = static_cast<int>(labels.size());
        add(counted(tr("All"), agreement.wrongInExactly(all)), {.exactly = {}, .count = all});
        add(counted(tr("Exactly one"), agreement.wrongInExactly(1)), {.exactly = {}, .count = 1});
        for (const SharedMistakes& set : agreement.sets) {
            add(counted(capitalized(misreadersText(set.models, labels)), set.images),
                {.exactly = set.models, .count = {}});
        }
    }
    misreaders_->setEnabled(labels.size() > 1);
    // The list may be wider than the field, which the other fields leave little room.
    QAbstractItemView* list = misreaders_->view();
    list->setMinimumWidth(list->sizeHintForColumn(0) + 4 * fontMetrics().averageCharWidth());
    showFilter();
}

void GalleryBar::stepMagnification(int steps) {
    size_->setValue(size_->value() + steps);
}

QComboBox* GalleryBar::makeChoice(const QString& name, const QString& toolTip) {
    auto* box = new NamedComboBox(this);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    describeField(box, name, toolTip);
    return box;
}

QComboBox* GalleryBar::makeDigitChoice(const QString& name, const QString& toolTip) {
    QComboBox* box = makeChoice(name, toolTip);
    box->addItem(tr("Any"));
    for (int digit = 0; digit < kClassCount; ++digit) {
        box->addItem(QString::number(digit));
    }
    return box;
}

void GalleryBar::makeControls() {
    order_ = makeChoice(tr("Sort by"), tr("What the first digits of each gallery are."));
    const auto addOrder = [this](const QString& text, GalleryOrder order) {
        order_->addItem(text, static_cast<int>(order));
    };
    addOrder(tr("Confidence"), GalleryOrder::Confidence);
    addOrder(tr("Loss"), GalleryOrder::Loss);
    addOrder(tr("Image"), GalleryOrder::Index);
    addOrder(tr("Digit"), GalleryOrder::Label);
    order_->setItemData(0, tr("In the wrong answer, the surest first"), Qt::ToolTipRole);
    order_->setItemData(1, tr("-log probability of the label, the largest first"), Qt::ToolTipRole);
    label_ = makeDigitChoice(tr("True digit"), tr("Shows images of this digit alone."));
    prediction_ = makeDigitChoice(tr("Read as"), tr("Shows images read as this digit alone."));
    misreaders_ =
        makeChoice(tr("Misread by"), tr("Shows the images that exactly these models misread."));
    misreaders_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    misreaders_->setMinimumContentsLength(6);
    correctToo_ = new QCheckBox(tr("Show correct ones too"), this);
    correctToo_->setAccessibleName(correctToo_->text());
    clear_ = new QPushButton(tr("Clear filter"), this);
    clear_->setAccessibleName(clear_->text());
    clear_->setToolTip(tr("Shows the mistakes of every digit again."));
    size_ = new QSlider(Qt::Horizontal, this);
    size_->setRange(kSmallest, kLargest);
    size_->setPageStep(1);
    size_->setValue(kUsual);
    size_->setFixedWidth(7 * fontMetrics().averageCharWidth());
    describeField(size_, tr("Digit size"),
                  tr("How large the digits are drawn. Also Ctrl and the wheel over a gallery."));
}

void GalleryBar::layOut() {
    const auto labelled = [this](QWidget* field, const QString& text = {}) {
        auto* label = new QLabel(text.isEmpty() ? field->accessibleName() : text, this);
        label->setBuddy(field);
        return keptTogether(this, {label, field});
    };
    auto* flow = new FlowLayout(FlowLayout::Spare::AtTheEnd, this);
    flow->setContentsMargins({});
    flow->setSpacing(kGapBetweenGroups);
    flow->addWidget(labelled(order_));
    flow->addWidget(labelled(label_));
    flow->addWidget(labelled(prediction_));
    flow->addWidget(labelled(misreaders_));
    flow->addWidget(keptTogether(this, {clear_}));
    flow->addWidget(correctToo_);
    flow->addWidget(labelled(size_, tr("Size")));
}

void GalleryBar::takeFields() {
    const int choice = misreaders_->currentIndex();
    setFilter({.label = digitIn(*label_),
               .prediction = digitIn(*prediction_),
               .misreaders = choice < 0 ? filter_.misreaders
                                        : misreaderChoices_[static_cast<std::size_t>(choice)],
               .correctToo = correctToo_->isChecked()});
}

void GalleryBar::showFilter() {
    const QSignalBlocker label(label_);
    const QSignalBlocker prediction(prediction_);
    const QSignalBlocker misreaders(misreaders_);
    const QSignalBlocker correctToo(correctToo_);
    label_->setCurrentIndex(filter_.label ? *filter_.label + 1 : 0);
    prediction_->setCurrentIndex(filter_.prediction ? *filter_.prediction + 1 : 0);
    const auto choice = std::ranges::find(misreaderChoices_, filter_.misreaders);
    // After another epoch nobody may misread just so any more: then nothing is listed for it.
    misreaders_->setCurrentIndex(choice == misreaderChoices_.end()
                                     ? -1
                                     : static_cast<int>(choice - misreaderChoices_.begin()));
    correctToo_->setChecked(filter_.correctToo);
    clear_->setEnabled(filter_.isNarrow());
}

}  // namespace normscope
