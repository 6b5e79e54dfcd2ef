#include "ui/misclassified/maps_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/misclassified/activation_maps.h"
#include "ui/theme.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {

MapsView::MapsView(QWidget* parent) : QWidget(parent) {
    model_ = makeChoiceField(this);
    describeField(model_, tr("Model of the maps"), tr("Whose activation maps are shown."));
    layer_ = makeChoiceField(this);
    describeField(layer_, tr("Norm layer of the maps"),
                  tr("Which of the six norm layers: what enters it and what leaves it."));
    for (int i = 0; i < kNormLayerCount; ++i) {
        layer_->addItem(
            tr("Norm %1: %2 channels")
                .arg(QLocale().toString(i + 1),
                     QLocale().toString(kNormLayerChannels[static_cast<std::size_t>(i)])));
    }
    maps_ = new ActivationMaps(this);
    auto* fields = new QHBoxLayout;
    fields->setSpacing(gridUnit(this));
    fields->addWidget(model_, 2);
    fields->addWidget(layer_, 3);  // its texts are longer than most labels
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(gridUnit(this));
    column->addLayout(fields);
    column->addWidget(maps_, 1);
    connect(model_, &QComboBox::currentIndexChanged, this, &MapsView::show);
    connect(layer_, &QComboBox::currentIndexChanged, this, &MapsView::show);
}

void MapsView::setModels(const Comparison& models) {
    const QSignalBlocker blocker(model_);
    const QString chosen = model_->currentText();
    model_->clear();
    kinds_.clear();
    for (const ComparedModel& model : models) {
        model_->addItem(model.label);
        kinds_.push_back(model.config().network.kind);
    }
    model_->setCurrentIndex(std::max(model_->findText(chosen), models.empty() ? -1 : 0));
    setReadings({});
}

void MapsView::setReadings(const std::vector<ModelReading>& readings) {
    readings_ = readings;
    show();
}

std::size_t MapsView::model() const {
    return static_cast<std::size_t>(std::max(0, model_->currentIndex()));
}

int MapsView::normLayer() const {
    return layer_->currentIndex();
}

void MapsView::show() {
    if (model() >= readings_.size() || !readings_[model()].problem.isEmpty()) {
        maps_->clear();
        return;
    }
    const auto layer = static_cast<std::size_t>(normLayer());
    maps_->setMaps(readings_[model()].reading.layers[layer], normLayer(),
                   kinds_[model()] != NormKind::None);
}

QString problemsOf(const std::vector<ModelReading>& readings) {
    QStringList problems;
    for (const ModelReading& reading : readings) {
        if (!reading.problem.isEmpty() && !problems.contains(reading.problem)) {
            problems << reading.problem;
        }
    }
    return problems.join(' ');
}

}  // namespace normscope
