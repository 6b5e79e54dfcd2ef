#include "app/diagnostics.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLocale>
#include <QStringList>
#include <QSysInfo>
#include <thread>

#include "app/components.h"
#include "app/log_file.h"
#include "core/blas.h"
#include "core/kernels/instruction_sets.h"
#include "core/versions.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Diagnostics)
};

QString textOf(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

QString blasLine() {
    const Blas blas = blasAmong(loadedLibraries());
    switch (blas.kind) {
        case Blas::Kind::Fast:
            return Texts::tr("BLAS: %1").arg(QString::fromStdString(blas.file));
        case Blas::Kind::Reference:
            return Texts::tr("BLAS: the slow reference one, %1")
                .arg(QString::fromStdString(blas.file));
        case Blas::Kind::None:
            break;
    }
    return Texts::tr("BLAS: none of its own is loaded");
}

QString imagesLine(const std::optional<DatasetInfo>& images) {
    return images ? Texts::tr("Images: %1 + %2 in %3, MD5 %4")
                        .arg(images->trainTotal)
                        .arg(images->testTotal)
                        .arg(QString::fromStdString(images->folder),
                             QString::fromStdString(images->checksum))
                  : Texts::tr("Images: none are read yet");
}

}  // namespace

QString diagnostics(const std::optional<DatasetInfo>& images) {
    QStringList lines{Texts::tr("Normscope %1").arg(QString::fromStdString(programVersion()))};
    for (const Component& component : components()) {
        lines << component.name + ' ' + component.version;
    }
    lines
        << Texts::tr("System: %1, %2 %3, %4")
               .arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(),
                    QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture())
        << Texts::tr("Cores: %1").arg(std::thread::hardware_concurrency())
        << Texts::tr("Kernels: %1").arg(QString::fromStdString(kernels::kernelInstructions()))
        << blasLine() << imagesLine(images)
        << Texts::tr("Locale: %1, decimal sign %2").arg(QLocale().name(), QLocale().decimalPoint())
        << Texts::tr("Platform: %1").arg(QGuiApplication::platformName())
        << Texts::tr("Log: %1").arg(textOf(LogFile::defaultPlace()));
    return lines.join('\n') + '\n';
}

QString trainingDetails(const Run& run, std::size_t model) {
    const ModelHistory& history = run.models.at(model);
    const QStringList lines{
        Texts::tr("Model: %1")
            .arg(QString::fromStdString(formatModel(run.config.models.at(model)))),
        Texts::tr("Finished epochs: %1 of %2; mini-batches: %3")
            .arg(history.epochs.size())
            .arg(run.config.epochs())
            .arg(history.steps.size()),
        Texts::tr("Folder: %1").arg(run.folder.empty() ? Texts::tr("none") : textOf(run.folder)),
        Texts::tr("Command: %1").arg(QString::fromStdString(run.command)),
    };
    return lines.join('\n') + '\n' + diagnostics(run.dataset);
}

QString slowBlasRemark() {
    const Blas blas = blasAmong(loadedLibraries());
    return blas.kind != Blas::Kind::Reference
               ? QString()
               : Texts::tr(
                     "LibTorch computes with the reference BLAS (%1), many times slower than "
                     "need be. Install another, on Debian by “sudo apt install "
                     "libopenblas0-pthread”, and start Normscope again.")
                     .arg(QString::fromStdString(blas.file));
}

}  // namespace normscope
