#include "app/window_environment.h"

#include <QGuiApplication>
#include <QStandardPaths>
#include <clocale>
#include <thread>

#include "core/dataset.h"
#include "core/run_listing.h"
#include "core/versions.h"
#include "ui/train/presets.h"

namespace normscope {

namespace {

/// Empty where they are missing: whoever names another folder does not need them.
std::filesystem::path bundledDataIfAny() {
    try {
        return bundledDataset(QCoreApplication::applicationFilePath().toStdString());
    } catch (const DatasetError&) {
        return {};
    }
}

}  // namespace

StoredState firstState() {
    StoredState state;
    state.training = withPreset({}, presets()[kDefaultPreset]);
    return state;
}

MainWindow::Environment windowEnvironment() {
    const std::filesystem::path data =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation).toStdString();
    return {.folders = {.bundledData = bundledDataIfAny(),
                        .runs = data / "runs",
                        .bundledRuns =
                            bundledRuns(QCoreApplication::applicationFilePath().toStdString())},
            .factory = &makeTrainer,
            .cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()))};
}

void settleApplication() {
    QCoreApplication::setApplicationName("normscope");
    QGuiApplication::setApplicationDisplayName("Normscope");
    QCoreApplication::setApplicationVersion(QString::fromStdString(programVersion()));
    QGuiApplication::setDesktopFileName("org.normscope.Normscope");
    // QApplication takes the locale of the environment; numbers in files keep their point.
    std::setlocale(LC_NUMERIC, "C");
}

}  // namespace normscope
