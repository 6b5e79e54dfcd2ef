#pragma once

#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>

#include "ui/widgets/number_field.h"

namespace normscope {

class ProblemLabel;

/// A number that takes effect as it is typed, with what is wrong about it below. Half a number is
/// no mistake yet: the sentence comes when the typing pauses or the field is left.
class NumberSetting : public QWidget {
    Q_OBJECT

  public:
    /// Takes the number, and answers why not if it does not make sense.
    using Taker = std::function<QString(double)>;

    NumberSetting(const QString& name, const QString& toolTip, Taker taker,
                  QWidget* parent = nullptr);

    /// What is in force. The text stays as it was typed where it says the same. Empty: several
    /// numbers are, which `placeholder` says.
    void display(std::optional<double> number, const QString& placeholder = {});

    NumberField* field() const { return field_; }
    QString problem() const { return problem_; }

  private:
    void take();
    void settle();

    NumberField* field_;
    ProblemLabel* label_;
    Taker taker_;
    QString problem_;
    QTimer pause_;
    bool displaying_ = false;
};

}  // namespace normscope
