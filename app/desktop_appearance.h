#pragma once

#include <QDBusVariant>
#include <QObject>

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

  signals:
    void darkChanged(bool dark);

  private slots:
    void onSettingChanged(const QString& space, const QString& key, const QDBusVariant& value);

  private:
    void ask();
    void apply(const QVariant& colourScheme);

    bool platformIsDark_;
    bool dark_;
};

}  // namespace normscope
