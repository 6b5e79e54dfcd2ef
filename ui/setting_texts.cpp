#include "ui/setting_texts.h"

#include <QCoreApplication>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(SettingTexts)
};

}  // namespace

QString augmentationText(Augmentation augmentation) {
    switch (augmentation) {
        case Augmentation::None:
            return Texts::tr("None");
        case Augmentation::Affine:
            return Texts::tr("Small rotations, shifts and scaling");
        case Augmentation::Elastic:
            return Texts::tr("Small rotations, shifts, scaling and bends");
    }
    return {};
}

QString engineText(EngineKind engine) {
    return engine == EngineKind::Kernel ? Texts::tr("Kernel") : Texts::tr("LibTorch");
}

}  // namespace normscope
