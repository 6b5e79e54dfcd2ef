#include "ui/train/remarks.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Remarks)
};

}  // namespace

bool isBlind(const NetworkSpec& network, int batchSize) {
    switch (network.kind) {
        case NormKind::Instance:
            return true;
        case NormKind::Group:
            return network.groups.back() == kNormLayerChannels.back();
        case NormKind::Batch:
            return batchSize == 1;
        case NormKind::None:
        case NormKind::Layer:
            return false;
    }
    return false;
}

QString blindnessRemark(const TrainingConfig& config) {
    QStringList labels;
    for (const ModelConfig& model : config.models) {
        if (isBlind(model.network, config.batchSize)) {
            labels << QString::fromStdString(model.label);
        }
    }
    if (labels.isEmpty()) {
        return {};
    }
    return Texts::tr(
               "Expect flat curves of %1: the last norm layer gives every channel of an "
               "image the same mean, so the average pooling after it sees no digit.")
        .arg(QLocale().createSeparatedList(labels));
}

}  // namespace normscope
