#pragma once

#include <QWidget>

#include "ui/settings.h"

namespace normscope {

/// Content of the side panel that edits Settings; every change is told at once.
class PreferencesPanel : public QWidget {
    Q_OBJECT

  public:
    /// `cores` is the most threads a model may be given.
    PreferencesPanel(const Settings& settings, int cores, QWidget* parent = nullptr);

    const Settings& settings() const { return settings_; }

  signals:
    void settingsChanged(const normscope::Settings& settings);

  private:
    QWidget* makeThemeChoice();
    QWidget* makeTextScale();
    QWidget* makeMotion();
    QWidget* makeThreads(int cores);
    template <class Change>
    void edit(Change change);

    Settings settings_;
};

}  // namespace normscope
