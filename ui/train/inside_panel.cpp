#include "ui/train/inside_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/norm_style.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/themed_icon.h"
#include "ui/train/inside_figure.h"
#include "ui/train/inside_picture.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
namespace {

constexpr int kFirstChosen = 1;  ///< the second norm layer: what enters it depends on the first

}  // namespace

InsidePanel::InsidePanel(QWidget* parent)
    : QWidget(parent),
      layer_(makeChoiceField(this)),
      channel_(makeCountField(1, kNormLayerChannels.front(), this)),
      export_(new QToolButton(this)),
      figure_(new InsideFigure(this)),
      remark_(makeRemark({})) {
    setAccessibleName(tr("Inside the network"));
    makeControls();
    layOut();
    takeLayer();
    takeTexts();
    takeIcon();
}

void InsidePanel::makeControls() {
    describeField(layer_, tr("Norm layer"),
                  tr("Which of the six norm layers is looked into, counted from the image."));
    for (int layer = 0; layer < kNormLayerCount; ++layer) {
        const int channels = kNormLayerChannels[static_cast<std::size_t>(layer)];
        layer_->addItem(tr("%1: %2 channels").arg(layer + 1).arg(channels));
    }
    layer_->setCurrentIndex(kFirstChosen);
    describeField(channel_, tr("Channel"), tr("Which channel of that layer."));
    export_->setAutoRaise(true);
    export_->setToolTip(tr("Export this as a picture"));
    export_->setAccessibleName(tr("Export the percentiles"));
    remark_->setToolTip(
        tr("A mini-batch now and then is sampled, some hundred values of each channel. The bars "
           "grow with the square root of their number; ▴ and ▾ tell how many values lie outside."));
    connect(layer_, &QComboBox::currentIndexChanged, this, [this] {
        takeLayer();
        change();
    });
    connect(channel_, &QSpinBox::valueChanged, this, &InsidePanel::change);
    connect(export_, &QToolButton::clicked, this, &InsidePanel::pictureRequested);
}

void InsidePanel::layOut() {
    const auto labelOf = [this](const QString& text, QWidget* field) {
        auto* label = new QLabel(text, this);
        label->setBuddy(field);
        return label;
    };
    auto* controls = new FlowLayout(FlowLayout::Spare::AtTheEnd);
    controls->setSpacing(2 * kSpacing);
    controls->addWidget(keptTogether(this, {labelOf(tr("Norm layer"), layer_), layer_}));
    controls->addWidget(keptTogether(this, {labelOf(tr("Channel"), channel_), channel_}));
    controls->addWidget(export_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, kSpacing, 0, 0);
    column->setSpacing(kSpacing);
    column->addLayout(controls);
    column->addWidget(figure_, 1);
    column->addWidget(remark_);
}

void InsidePanel::setModels(const std::vector<CurveDescription>& models, int plannedEpochs) {
    models_.clear();
    for (const CurveDescription& model : models) {
        models_.push_back({.description = model, .records = {}, .sample = {}});
    }
    plannedEpochs_ = plannedEpochs;
    change();
}

void InsidePanel::setPlannedEpochs(int epochs) {
    plannedEpochs_ = epochs;
    change();
}

void InsidePanel::append(std::size_t model, const TrainingSnapshot& snapshot,
                         double stepsPerEpoch) {
    Recorded& recorded = models_.at(model);
    recorded.stepsPerEpoch = stepsPerEpoch;
    changed_ |= !recorded.hasTrained && !snapshot.steps.empty();
    recorded.hasTrained |= !snapshot.steps.empty();
    if (snapshot.percentiles.empty()) {
        return;
    }
    recorded.records.insert(recorded.records.end(), snapshot.percentiles.begin(),
                            snapshot.percentiles.end());
    recorded.sample = snapshot.sample;
    changed_ = true;
}

void InsidePanel::setModelVisible(std::size_t model, bool visible) {
    models_.at(model).visible = visible;
    change();
}

/// What a person does is shown at once.
void InsidePanel::change() {
    changed_ = true;
    refresh();
}

void InsidePanel::refresh() {
    if (changed_ && isVisible()) {
        changed_ = false;
        figure_->setContent(contentNow());
        takeTexts();
    }
}

void InsidePanel::choose(int normLayer, int channel) {
    layer_->setCurrentIndex(normLayer);
    channel_->setValue(channel + 1);
}

bool InsidePanel::hasRecords() const {
    return std::ranges::any_of(models_,
                               [](const Recorded& model) { return !model.records.empty(); });
}

const InsideContent& InsidePanel::content() const {
    return figure_->content();
}

InsideContent InsidePanel::contentNow() const {
    InsideContent content{.normLayer = layer_->currentIndex(),
                          .channel = channel_->value() - 1,
                          .plannedEpochs = plannedEpochs_,
                          .models = {}};
    const std::size_t place = normChannel(content.normLayer, content.channel);
    for (const Recorded& recorded : models_) {
        if (!recorded.visible) {
            continue;
        }
        ChannelCourse course{
            .model = recorded.description, .epochs = {}, .values = {}, .moment = {}};
        for (const PercentileRecord& record : recorded.records) {
            course.epochs.push_back(static_cast<double>(record.step) / recorded.stepsPerEpoch);
            course.values.push_back(record.channels[place]);
        }
        if (recorded.sample) {
            course.moment = recorded.sample->histograms[place];
        }
        content.models.push_back(std::move(course));
    }
    return content;
}

Picture InsidePanel::picture() const {
    return insidePicture(contentNow());
}

void InsidePanel::takeLayer() {
    channel_->setMaximum(kNormLayerChannels[static_cast<std::size_t>(layer_->currentIndex())]);
}

void InsidePanel::takeTexts() {
    figure_->setEmptyText(emptyText());
    export_->setEnabled(hasRecords());
    const bool hasMoment = content().hasMoment();
    QString remark = tr("Band and numbers: percentiles 15, 50 (the line) and 85.");
    if (hasMoment) {
        remark += ' ' + tr("Bars: the latest values.");
    }
    remark += ' ' + tr("Figure 1 of arXiv 1502.03167 shows these percentiles of what enters one "
                       "sigmoid, steadier with batch norm: compare how far each band moves before "
                       "the norm layer, where values enter, and after it, where they leave.");
    if (hasRecords() && !hasMoment) {
        remark += ' ' + tr("The histogram of the moment is there only while networks train.");
    }
    remark_->setText(remark);
}

QString InsidePanel::emptyText() const {
    if (models_.empty()) {
        return tr(
            "Press Start training: what happens inside the networks appears here while they "
            "learn.");
    }
    // The very first mini-batch is sampled.
    return std::ranges::any_of(models_, &Recorded::hasTrained)
               ? tr("Not recorded in this run: it was trained before the program did so.")
               : tr("The bands start with the first mini-batch.");
}

void InsidePanel::takeIcon() {
    export_->setIcon(themedIcon("export", palette()));
}

void InsidePanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        takeIcon();
    }
}

void InsidePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

}  // namespace normscope
