#include "ui/train/named_combo_box.h"

#include <QAbstractItemView>
#include <QAccessibleWidget>

namespace normscope {
namespace {

/// As Qt's own, which is private: the list is the one child, and the action opens it.
class AccessibleNamedComboBox : public QAccessibleWidget {
  public:
    explicit AccessibleNamedComboBox(QComboBox* box)
        : QAccessibleWidget(box, QAccessible::ComboBox), box_(box) {}

    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? box_->currentText() : QAccessibleWidget::text(kind);
    }

    int childCount() const override { return 1; }
    QAccessibleInterface* child(int index) const override {
        return index == 0 ? QAccessible::queryAccessibleInterface(box_->view()) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        return child->object() == box_->view() ? 0 : -1;
    }

    QStringList actionNames() const override {
        return QStringList{showMenuAction(), pressAction()} + QAccessibleWidget::actionNames();
    }
    void doAction(const QString& action) override {
        if (action != showMenuAction() && action != pressAction()) {
            QAccessibleWidget::doAction(action);
        } else if (box_->view()->isVisible()) {
            box_->hidePopup();
        } else {
            box_->showPopup();
        }
    }

  private:
    QComboBox* box_;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* box = qobject_cast<NamedComboBox*>(object);
    return box == nullptr ? nullptr : new AccessibleNamedComboBox(box);
}

}  // namespace

NamedComboBox::NamedComboBox(QWidget* parent) : QComboBox(parent) {
    [[maybe_unused]] static const bool installed = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
}

}  // namespace normscope
