#pragma once

#include <QDBusPendingCallWatcher>
#include <QDBusVariant>
#include <QObject>
#include <memory>

class QPalette;

namespace normscope {

/// Whether the desktop wants dark programs: asks the desktop portal, follows its answer as it
/// changes, and goes by the platform's own colours until and unless there is one.
class DesktopAppearance : public QObject {
    Q_OBJECT

  public:
    /// `platformPalette` is the application's palette before any theme was applied to it.
    explicit DesktopAppearance(const QPalette& platformPalette, QObject* parent = nullptr);

    bool isDark() const { return dark_; }

    /// Until the desktop has said for the first time what it wants, though not for long: a window
    /// that is shown earlier might have to change its colours.
    void waitForAnswer();

  signals:
    void darkChanged(bool dark);

  private slots:
    void onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

  private:
    void ask();
    void askFor(int milliseconds);
    void takeAnswer(int milliseconds);
    void apply(const QVariant& colourScheme);

    bool platformIsDark_;
    bool dark_;
    std::unique_ptr<QDBusPendingCallWatcher> question_;  ///< null where there is no bus
};

}  // namespace normscope
