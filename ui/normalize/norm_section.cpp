#include "ui/normalize/norm_section.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

#include "ui/norm_style.h"
#include "ui/normalize/groups_slider.h"
#include "ui/normalize/sheet_document.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/named_combo_box.h"

namespace normscope {
namespace {

constexpr std::array kKinds{NormKind::Batch, NormKind::Layer, NormKind::Group, NormKind::Instance};

/// The number of groups that the slider stands at: batch norm has none, and keeps the last.
int groupsShown(const SheetState& state) {
    const int channels = state.input->shape.channels;
    return state.spec.kind == NormKind::Batch ? state.spec.groups
                                              : groupCount(state.spec, channels);
}

QString groupsSentence(const SheetState& state) {
    const int channels = state.input->shape.channels;
    const int groups = groupCount(state.spec, channels);
    switch (state.spec.kind) {
        case NormKind::Batch:
            return NormSection::tr("None: each channel by itself, all images together.");
        case NormKind::Layer:
            return NormSection::tr("1: all channels of an image together.");
        case NormKind::Instance:
            return NormSection::tr("%1: each channel by itself.").arg(channels);
        case NormKind::Group:
            if (groups == 1) {
                return NormSection::tr("1 group: the same as layer norm.");
            }
            return groups == channels
                       ? NormSection::tr("%1 groups of 1 channel: the same as instance norm.")
                             .arg(groups)
                       : NormSection::tr("%1 groups of %2 channels.")
                             .arg(groups)
                             .arg(channels / groups);
        case NormKind::None:
            break;
    }
    return {};
}

QLabel* makeNumber(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setAlignment(Qt::AlignRight | Qt::AlignTop);
    return label;
}

QLabel* makeTitle(const QString& text, const QString& toolTip = {}) {
    QLabel* label = makeRemark(text);
    label->setTextInteractionFlags(Qt::NoTextInteraction);
    label->setToolTip(toolTip);
    return label;
}

}  // namespace

NormSection::NormSection(SheetDocument& document, QWidget* parent)
    : QWidget(parent), document_(document) {
    makeFields();
    layOut();
    takeSwatches();
    connect(kind_, &QComboBox::currentIndexChanged, this, &NormSection::takeKind);
    connect(groups_, &GroupsSlider::groupsChanged, this, &NormSection::takeGroups);
    connect(&document_, &SheetDocument::changed, this, &NormSection::display);
    display();
}

void NormSection::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        takeSwatches();
        keepRoomForGroups();
    }
}

void NormSection::makeFields() {
    kind_ = new NamedComboBox(this);
    kind_->setAccessibleName(tr("Normalization"));
    kind_->setToolTip(tr("Which cells share one mean and one variance."));
    for (const NormKind kind : kKinds) {
        kind_->addItem(displayName(kind));
    }
    groups_ = new GroupsSlider(this);
    groups_->setAccessibleName(tr("Groups"));
    groups_->setToolTip(
        tr("Groups of channels in one image, from layer norm to instance norm. Moved under another "
           "method, it switches to group norm."));
    groupsText_ = new QLabel(this);
    groupsText_->setWordWrap(true);
    groupsText_->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    keepRoomForGroups();
    lastStop_ = makeTitle({});
    lastStop_->setWordWrap(false);
    lastStop_->setAlignment(Qt::AlignRight);
    refusal_ = makeRemark({});
}

void NormSection::layOut() {
    auto* ends = new QHBoxLayout;
    QLabel* firstStop = makeTitle(tr("1 layer"));
    firstStop->setWordWrap(false);
    ends->addWidget(firstStop);
    ends->addStretch();
    ends->addWidget(lastStop_);

    auto* groups = new QVBoxLayout;
    groups->setSpacing(kSpacing / 2);
    auto* label = new QLabel(tr("Groups"), this);
    label->setBuddy(groups_);
    auto* head = new QHBoxLayout;
    head->setSpacing(kSpacing);
    head->addWidget(label, 0, Qt::AlignTop);
    head->addWidget(groupsText_, 1);
    groups->addLayout(head);
    groups->addWidget(groups_);
    groups->addLayout(ends);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(makeHeading(tr("Normalization")));
    column->addWidget(kind_);
    column->addLayout(groups);
    column->addWidget(makeCounts());
    column->addWidget(refusal_);
}

QWidget* NormSection::makeCounts() {
    statistics_ = makeNumber(this);
    simplified_ = makeNumber(this);
    perChannel_ = makeNumber(this);
    perElement_ = makeNumber(this);
    perElementTitle_ = makeTitle({}, tr("One gamma and one beta for every cell of an image."));
    auto* counts = new QWidget(this);
    auto* grid = new QGridLayout(counts);
    grid->setContentsMargins({});
    grid->setHorizontalSpacing(kSpacing);
    grid->setVerticalSpacing(kSpacing / 2);
    grid->setColumnStretch(0, 1);
    auto addRow = [grid, row = 0](QLabel* title, QLabel* number) mutable {
        grid->addWidget(title, row, 0);
        grid->addWidget(number, row++, 1);
    };
    addRow(makeTitle(tr("Pairs of mean and variance")), statistics_);
    addRow(makeTitle(tr("Parameters, as many courses count"),
                     tr("One gamma and one beta for each channel under batch norm, each group "
                        "under group norm, and one of each under layer norm.")),
           simplified_);
    addRow(makeTitle(tr("in PyTorch’s BatchNorm2d and GroupNorm, and the papers"),
                     tr("One gamma and one beta for each channel, whatever the method.")),
           perChannel_);
    addRow(perElementTitle_, perElement_);
    return counts;
}

void NormSection::takeKind(int index) {
    document_.setKind(kKinds[static_cast<std::size_t>(index)]);
}

/// The slider is about groups: moved under any other method it switches to group norm, in the same
/// step, and stays there at its ends, since what is to be seen is that group norm with one group is
/// layer norm.
void NormSection::takeGroups(int groups) {
    if (document_.state().spec.kind == NormKind::Group) {
        document_.setGroups(groups);
        return;
    }
    SheetState next = document_.state();
    next.spec.kind = NormKind::Group;
    next.spec.groups = groups;
    document_.setState(next, tr("Regroup"));
}

void NormSection::display() {
    const SheetState& state = document_.state();
    const int channels = state.input->shape.channels;
    const QSignalBlocker kindBlocker(kind_);
    const QSignalBlocker groupsBlocker(groups_);
    kind_->setCurrentIndex(static_cast<int>(
        std::find(kKinds.begin(), kKinds.end(), state.spec.kind) - kKinds.begin()));
    groups_->setChannels(channels);
    groups_->setGroups(groupsShown(state));
    const QString sentence = groupsSentence(state);
    groupsText_->setText(sentence);
    groups_->setAccessibleDescription(sentence);
    lastStop_->setText(tr("%1 instance").arg(channels));
    displayCounts();
}

void NormSection::displayCounts() {
    const SheetState& state = document_.state();
    const Shape4& shape = state.input->shape;
    const QLocale locale;
    const AffineCounts counts = affineCounts(shape, state.spec);
    statistics_->setText(locale.toString(document_.trace().sets.size()));
    simplified_->setText(locale.toString(counts.simplified));
    perChannel_->setText(locale.toString(counts.perChannel));
    perElement_->setText(locale.toString(counts.perElement));
    perElementTitle_->setText(
        tr("in nn.LayerNorm([%1, %2, %3])").arg(shape.channels).arg(shape.height).arg(shape.width));
    const auto refusal = state.usesRunning() ? std::nullopt : refusalOfPyTorch(shape, state.spec);
    refusal_->setText(QString::fromStdString(refusal.value_or(std::string())));
    refusal_->setVisible(refusal.has_value());
}

/// Of the longest sentence, so that nothing below moves, and is laid out anew, with the slider.
void NormSection::keepRoomForGroups() {
    groupsText_->setMinimumHeight(2 * fontMetrics().lineSpacing());
}

void NormSection::takeSwatches() {
    const int height = fontMetrics().height();
    const QSize size(2 * height, height);
    kind_->setIconSize(size);
    for (int i = 0; i < kind_->count(); ++i) {
        const CurveStyle style =
            curveStyle(kKinds[static_cast<std::size_t>(i)], 0, isDark(palette()));
        kind_->setItemIcon(i, swatchIcon(style, size));
    }
}

}  // namespace normscope
