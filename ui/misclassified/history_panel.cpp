#include "ui/misclassified/history_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/misclassified/history_figure.h"
#include "ui/panel_text.h"
#include "ui/theme.h"
#include "ui/widgets/setting_fields.h"

namespace normscope {
HistoryPanel::HistoryPanel(QWidget* parent)
    : QWidget(parent),
      slider_(new QSlider(Qt::Horizontal, this)),
      value_(new QLabel(this)),
      remark_(makeRemark(
          tr("What each epoch read was not kept in these runs, so that only the last can be shown. "
             "Trainings from now on keep it."))),
      row_(new QHBoxLayout) {
    describeField(slider_, tr("Epoch"), tr("The galleries show what was wrong after this epoch."));
    slider_->setRange(1, 1);
    slider_->setPageStep(1);
    auto* label = new QLabel(tr("After epoch"), this);
    label->setBuddy(slider_);
    auto* top = new QHBoxLayout;
    top->setSpacing(kSpacing);
    top->addWidget(label);
    top->addWidget(slider_, 1);
    top->addWidget(value_);
    row_->setSpacing(2 * kSpacing);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, kSpacing, 0, 0);
    column->setSpacing(kSpacing);
    column->addLayout(top);
    column->addWidget(remark_);
    column->addLayout(row_, 1);
    connect(slider_, &QSlider::valueChanged, this, [this] {
        showEpoch();
        emit epochChanged();
    });
    showEpoch();
}

void HistoryPanel::setContents(const std::vector<HistoryContent>& models) {
    const HistoryScale scale = commonScale(models);
    const bool atLast = !epoch();
    {
        const QSignalBlocker blocker(slider_);
        slider_->setRange(1, scale.epochs);
        slider_->setValue(atLast ? scale.epochs : slider_->value());
    }
    setCount(models.size());
    for (std::size_t model = 0; model < models.size(); ++model) {
        figures_[model]->setContent(models[model], scale);
    }
    const bool tested = std::ranges::any_of(
        models, [](const HistoryContent& content) { return content.changes.size() > 1; });
    const bool kept = std::ranges::any_of(models, &HistoryContent::isKept);
    remark_->setVisible(tested && !kept);
    slider_->setEnabled(kept);
    showEpoch();
}

void HistoryPanel::setDigits(const std::vector<std::optional<DigitHistory>>& digits) {
    for (std::size_t model = 0; model < std::min(digits.size(), figures_.size()); ++model) {
        figures_[model]->setDigit(digits[model]);
    }
}

std::optional<int> HistoryPanel::epoch() const {
    return slider_->value() == slider_->maximum() ? std::nullopt : std::optional(slider_->value());
}

void HistoryPanel::setCount(std::size_t count) {
    while (figures_.size() > count) {
        delete figures_.back();
        figures_.pop_back();
    }
    while (figures_.size() < count) {
        auto* figure = new HistoryFigure(this);
        row_->addWidget(figure, 1);
        connect(figure, &HistoryFigure::epochChosen, slider_, &QSlider::setValue);
        figures_.push_back(figure);
    }
}

void HistoryPanel::showEpoch() {
    const QLocale locale;
    value_->setText(
        tr("%1 of %2").arg(locale.toString(slider_->value()), locale.toString(slider_->maximum())));
    for (HistoryFigure* figure : figures_) {
        figure->setEpoch(slider_->value());
    }
}

}  // namespace normscope
