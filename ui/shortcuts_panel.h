#pragma once

#include <QString>
#include <QWidget>
#include <vector>

namespace normscope {

/// A key combination and what it does, both as people read them.
struct ShortcutText {
    QString keys;
    QString what;
};

/// Content of the side panel that lists the shortcuts.
class ShortcutsPanel : public QWidget {
    Q_OBJECT

  public:
    explicit ShortcutsPanel(const std::vector<ShortcutText>& shortcuts, QWidget* parent = nullptr);
};

}  // namespace normscope
