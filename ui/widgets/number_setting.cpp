#include "ui/widgets/number_setting.h"

#include <QScopedValueRollback>
#include <QVBoxLayout>

#include "ui/widgets/problem_label.h"

namespace normscope {
namespace {

constexpr int kTightSpacing = 4;
constexpr int kPauseMilliseconds = 700;

}  // namespace

NumberSetting::NumberSetting(const QString& name, const QString& toolTip, Taker taker,
                             QWidget* parent)
    : QWidget(parent),
      field_(new NumberField(this)),
      label_(new ProblemLabel(this)),
      taker_(std::move(taker)) {
    field_->setAccessibleName(name);
    field_->setToolTip(toolTip);
    field_->setAlignment(Qt::AlignRight);
    setFocusProxy(field_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kTightSpacing);
    column->addWidget(field_);
    column->addWidget(label_);
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMilliseconds);
    // Not textEdited(): assistive technology writes without editing.
    connect(field_, &QLineEdit::textChanged, this, &NumberSetting::take);
    connect(field_, &QLineEdit::editingFinished, this, &NumberSetting::settle);
    connect(&pause_, &QTimer::timeout, this, &NumberSetting::settle);
}

void NumberSetting::display(std::optional<double> number, const QString& placeholder) {
    field_->setPlaceholderText(placeholder);
    if (displaying_ || (number && field_->number() == number)) {
        return;
    }
    const QScopedValueRollback displaying(displaying_, true);
    if (number) {
        field_->setNumber(*number);
    } else {
        field_->clear();
    }
    problem_.clear();
    settle();
}

void NumberSetting::take() {
    if (displaying_) {
        return;
    }
    problem_ = field_->problem();
    if (const auto number = field_->number()) {
        // The answer to a change is to display what is now in force: not over the typing.
        const QScopedValueRollback displaying(displaying_, true);
        problem_ = taker_(*number);
    }
    if (problem_.isEmpty()) {
        settle();
    } else {
        pause_.start();
    }
}

void NumberSetting::settle() {
    pause_.stop();
    label_->setProblem(problem_);
    field_->setAccessibleDescription(problem_);
}

}  // namespace normscope
