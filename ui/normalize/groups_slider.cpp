#include "ui/normalize/groups_slider.h"

#include <QAccessibleWidget>
#include <QSignalBlocker>
#include <algorithm>
#include <cstdlib>

namespace normscope {
namespace {

/// Speaks of groups, not of stops.
class AccessibleGroupsSlider : public QAccessibleWidget, public QAccessibleValueInterface {
  public:
    explicit AccessibleGroupsSlider(GroupsSlider* slider)
        : QAccessibleWidget(slider, QAccessible::Slider), slider_(slider) {}

    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? QString::number(slider_->groups())
                                          : QAccessibleWidget::text(kind);
    }

    QVariant currentValue() const override { return slider_->groups(); }
    void setCurrentValue(const QVariant& value) override { slider_->setGroups(value.toInt()); }
    QVariant maximumValue() const override { return slider_->channels(); }
    QVariant minimumValue() const override { return 1; }
    QVariant minimumStepSize() const override { return 1; }

  private:
    GroupsSlider* slider_;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* slider = qobject_cast<GroupsSlider*>(object);
    return slider == nullptr ? nullptr : new AccessibleGroupsSlider(slider);
}

}  // namespace

GroupsSlider::GroupsSlider(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    setRange(0, 0);
    setPageStep(1);
    connect(this, &QSlider::valueChanged, this, [this] { emit groupsChanged(groups()); });
}

void GroupsSlider::setChannels(int channels) {
    if (channels == this->channels()) {
        return;
    }
    const QSignalBlocker blocker(this);
    const int before = groups();
    divisors_.clear();
    for (int divisor = 1; divisor <= channels; ++divisor) {
        if (channels % divisor == 0) {
            divisors_.push_back(divisor);
        }
    }
    setRange(0, static_cast<int>(divisors_.size()) - 1);
    setEnabled(divisors_.size() > 1);
    setGroups(before);
}

void GroupsSlider::setGroups(int groups) {
    const auto nearest = std::min_element(
        divisors_.begin(), divisors_.end(),
        [groups](int a, int b) { return std::abs(a - groups) < std::abs(b - groups); });
    setValue(static_cast<int>(nearest - divisors_.begin()));
}

}  // namespace normscope
