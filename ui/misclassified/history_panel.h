#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "ui/misclassified/history_painting.h"

class QHBoxLayout;
class QLabel;
class QSlider;

namespace normscope {

class HistoryFigure;

/// How the mistakes came and went: a slider over the epochs, and the ups and downs of each model.
class HistoryPanel : public QWidget {
    Q_OBJECT

  public:
    explicit HistoryPanel(QWidget* parent = nullptr);

    /// Whoever was at the last epoch stays at the last, also when another one comes.
    void setContents(const std::vector<HistoryContent>& models);
    void setDigits(const std::vector<std::optional<DigitHistory>>& digits);
    /// Empty: the last of each model.
    std::optional<int> epoch() const;

  signals:
    void epochChanged();

  private:
    void setCount(std::size_t count);
    void showEpoch();

    QSlider* slider_;
    QLabel* value_;
    QLabel* remark_;
    QHBoxLayout* row_;
    std::vector<HistoryFigure*> figures_;
};

}  // namespace normscope
