#pragma once

#include <QByteArray>
#include <QString>
#include <filesystem>
#include <vector>

#include "app/page.h"
#include "core/training_config.h"
#include "ui/settings.h"

namespace normscope {

/// Everything that comes back at the next start.
struct StoredState {
    Settings settings;
    QByteArray windowGeometry;  ///< as QWidget::saveGeometry() gives it
    Page page = Page::Train;    ///< the current one
    TrainingConfig training;    ///< last set on the page; its threads are those of the settings
    std::vector<std::filesystem::path> openedRuns;  ///< from elsewhere, the latest first

    friend bool operator==(const StoredState&, const StoredState&) = default;
};

/// One file, see SettingsFile.
class SettingsStore {
  public:
    /// In the XDG configuration folder.
    static QString defaultFile();

    /// `cores` is the most threads a model may be given on this machine.
    SettingsStore(QString file, int cores);

    /// What is stored. A value that is missing, damaged or out of its range is the one in
    /// `defaults`, whatever became of the others. `defaults.training` must pass validate().
    StoredState load(const StoredState& defaults) const;

    /// Moves a file of which nothing can be read out of the way of save(), to FILE.damaged in place
    /// of one before it. What was wrong and where the file is now; empty where all is well.
    QString moveDamagedAside() const;

    /// Whether it could be written. If not, `problem` says why, in a sentence that names the file.
    bool save(const StoredState& state, QString* problem = nullptr) const;

  private:
    QString file_;
    int cores_;
};

}  // namespace normscope
