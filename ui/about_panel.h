#pragma once

#include <QString>
#include <QWidget>
#include <vector>

namespace normscope {

/// A library the program is built on.
struct Component {
    QString name;
    QString version;
    QString licence;
};

/// Content of the side panel that says what the program is and whose work is in it.
class AboutPanel : public QWidget {
    Q_OBJECT

  public:
    AboutPanel(const QString& version, const std::vector<Component>& components,
               QWidget* parent = nullptr);
};

}  // namespace normscope
