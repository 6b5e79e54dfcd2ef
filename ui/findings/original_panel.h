#pragma once

#include <QWidget>

#include "ui/compared_model.h"

class QLabel;

namespace normscope {

/// What the course work that this comparison repeats counted, for those of the compared models
/// whose settings match; hidden where none does.
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
