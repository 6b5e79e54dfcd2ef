#include "ui/activation_choice.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <algorithm>
#include <utility>

#include "ui/panel_text.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {

ActivationChoice::ActivationChoice(QWidget* parent) : QWidget(parent) {
    run_ = makeChoiceField(this);
    describeField(run_, tr("Run"), tr("The training that the networks come from."));
    model_ = makeChoiceField(this);
    describeField(model_, tr("Model"), tr("One of the networks that were trained side by side."));
    layer_ = makeChoiceField(this);
    describeField(layer_, tr("Norm layer"),
                  tr("Which of the six norm layers: what enters it, and the gamma and beta that it "
                     "has learned."));
    for (int i = 0; i < kNormLayerCount; ++i) {
        const int channels = kNormLayerChannels[static_cast<std::size_t>(i)];
        layer_->addItem(tr("%1: %2 channels").arg(i + 1).arg(channels));
    }
    noRun_ =
        makeRemark(tr("There is no trained network yet. Train one on page Train, or open the "
                      "folder of a run."));
    open_ = new QPushButton(tr("Open run folder..."), this);
    describeField(open_, open_->text(), tr("Offers the networks of a finished run."));
    refresh_ = new QPushButton(tr("Refresh"), this);
    describeField(refresh_, refresh_->text(), tr("Asks for the activations as they are by now."));
    layOut();
    connect(run_, &QComboBox::currentIndexChanged, this, [this] {
        wanted_.reset();
        fillModels();
        showFields();
        emit changed();
    });
    connect(model_, &QComboBox::currentIndexChanged, this, &ActivationChoice::changed);
    connect(layer_, &QComboBox::currentIndexChanged, this, &ActivationChoice::changed);
    connect(refresh_, &QPushButton::clicked, this, &ActivationChoice::changed);
    connect(open_, &QPushButton::clicked, this, &ActivationChoice::openRunRequested);
    showFields();
}

void ActivationChoice::setRuns(const std::vector<RunChoice>& runs) {
    const bool waited = runs_.empty() && !runs.empty();
    const QString folder = run_->currentData().toString();
    const QString model = model_->currentText();
    runs_ = runs;
    {
        const QSignalBlocker blocker(run_);
        run_->clear();
        for (const RunChoice& run : runs) {
            run_->addItem(run.name, run.folder);
        }
        if (const int same = run_->findData(folder); !waited && same >= 0) {
            run_->setCurrentIndex(same);
        }
    }
    fillModels();
    {
        const QSignalBlocker blocker(model_);
        const int same = model_->findText(model);
        model_->setCurrentIndex(same >= 0 ? same : std::min(0, model_->count() - 1));
    }
    if (wanted_) {
        display(*std::exchange(wanted_, std::nullopt));
    }
    showFields();
    if (waited) {
        wanted_.reset();
        emit changed();
    }
}

void ActivationChoice::moveRun(const QString& from, const QString& to) {
    if (const int place = run_->findData(from); place >= 0) {
        run_->setItemData(place, to);
        runs_[static_cast<std::size_t>(place)].folder = to;
    }
    if (wanted_ && wanted_->run == from) {
        wanted_->run = to;
    }
}

void ActivationChoice::display(const SampleRequest& request) {
    const int place = run_->findData(request.run);
    if (place < 0) {
        wanted_ = request;
        return;
    }
    wanted_.reset();
    const QSignalBlocker runBlocker(run_);
    run_->setCurrentIndex(place);
    fillModels();
    const QSignalBlocker modelBlocker(model_);
    const QSignalBlocker layerBlocker(layer_);
    model_->setCurrentIndex(std::clamp(request.model, 0, std::max(0, model_->count() - 1)));
    layer_->setCurrentIndex(request.normLayer);
    showFields();
}

void ActivationChoice::writeInto(SampleRequest& request) const {
    request.run = run_->currentData().toString();
    request.model = std::max(0, model_->currentIndex());
    request.normLayer = normLayer();
}

int ActivationChoice::normLayer() const {
    return layer_->currentIndex();
}

std::vector<QWidget*> ActivationChoice::fields() const {
    return {run_, model_, layer_};
}

void ActivationChoice::layOut() {
    form_ = makeSettingsForm();
    form_->setContentsMargins({});
    form_->addRow(noRun_);
    form_->addRow(tr("Run"), run_);
    form_->addRow(tr("Model"), model_);
    form_->addRow(tr("Norm layer"), layer_);
    form_->addRow(keptTogether(this, {open_, refresh_}));
    setLayout(form_);
}

/// Another run has other models.
void ActivationChoice::fillModels() {
    const QSignalBlocker blocker(model_);
    model_->clear();
    if (const RunChoice* chosen = run()) {
        for (const ModelChoice& model : chosen->models) {
            model_->addItem(model.label);
        }
    }
}

void ActivationChoice::showFields() {
    form_->setRowVisible(noRun_, isEmpty());
    for (QWidget* field : fields()) {
        form_->setRowVisible(field, !isEmpty());
    }
    const RunChoice* chosen = run();
    refresh_->setVisible(chosen != nullptr && chosen->folder.isEmpty());
}

const RunChoice* ActivationChoice::run() const {
    const auto index = static_cast<std::size_t>(std::max(0, run_->currentIndex()));
    return index < runs_.size() ? &runs_[index] : nullptr;
}

}  // namespace normscope
