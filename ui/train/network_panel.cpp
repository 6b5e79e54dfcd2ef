#include "ui/train/network_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <algorithm>

#include "ui/train/layer_table_model.h"
#include "ui/widgets/copyable_table.h"
#include "ui/widgets/named_combo_box.h"

namespace normscope {

NetworkPanel::NetworkPanel(QWidget* parent)
    : QWidget(parent), model_(new NamedComboBox(this)), layers_(new LayerTableModel(this)) {
    model_->setAccessibleName(tr("Network of"));
    model_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(model_, &QComboBox::currentIndexChanged, this, &NetworkPanel::showChosen);
    auto* table = new CopyableTable(this);
    table->setAccessibleName(tr("Network layers"));
    table->setModel(layers_);
    auto* label = new QLabel(tr("Network of"), this);
    label->setBuddy(model_);

    constexpr int spacing = 8;
    auto* chooser = new QVBoxLayout;
    chooser->addWidget(label);
    chooser->addWidget(model_);
    chooser->addStretch();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, spacing, 0, 0);
    row->setSpacing(3 * spacing);
    row->addLayout(chooser);
    row->addWidget(table, 1);
}

void NetworkPanel::setConfiguration(const TrainingConfig& config) {
    if (config.models == config_.models && config.batchSize == config_.batchSize) {
        return;
    }
    config_ = config;
    {
        const QSignalBlocker blocker(model_);
        const int chosen = std::max(0, model_->currentIndex());
        model_->clear();
        for (const ModelConfig& model : config.models) {
            model_->addItem(QString::fromStdString(model.label));
        }
        model_->setCurrentIndex(std::min(chosen, model_->count() - 1));
    }
    showChosen();
}

void NetworkPanel::showChosen() {
    if (model_->currentIndex() >= 0) {
        const auto chosen = static_cast<std::size_t>(model_->currentIndex());
        layers_->setNetwork(config_.models[chosen].network, config_.batchSize);
    }
}

}  // namespace normscope
