#pragma once

#include <QStringList>
#include <QWidget>

#include "ui/compared_model.h"

class QLabel;

namespace normscope {

// What the course work that this comparison repeats counted, in words.

QString originalTitle();
/// A line for each of the compared models whose settings match.
QStringList originalFigures(const Comparison& models);
QString originalRemark();

/// All this, hidden where the settings of none match.
class OriginalPanel : public QWidget {
    Q_OBJECT

  public:
    explicit OriginalPanel(QWidget* parent = nullptr);

    void setComparison(const Comparison& models);
    QString figures() const;

  private:
    QLabel* figures_;
};

}  // namespace normscope
