#include "ui/widgets/named_combo_box.h"

#include <QAbstractItemView>
#include <QAccessibleWidget>
#include <QItemSelectionModel>

namespace normscope {
namespace {

/// Takes what assistive technology has selected in the list, open or not: unlike mouse and keys, it
/// does so without moving the current item.
void takeSelected(QComboBox& box) {
    const QModelIndexList selected = box.view()->selectionModel()->selectedIndexes();
    if (selected.size() == 1 && selected.front() != box.view()->currentIndex()) {
        box.setCurrentIndex(selected.front().row());
        box.hidePopup();
    }
}

/// As Qt's own, which is private: the list is the one child, and the action opens it.
class AccessibleNamedComboBox : public QAccessibleWidget {
  public:
    explicit AccessibleNamedComboBox(QComboBox* box)
        : QAccessibleWidget(box, QAccessible::ComboBox), box_(box) {
        // Queued, since the mouse and the keys select first and move the current item then.
        QObject::connect(
            box->view()->selectionModel(), &QItemSelectionModel::selectionChanged, box,
            [box] { takeSelected(*box); }, Qt::QueuedConnection);
    }

    QString text(QAccessible::Text kind) const override {
        const QString text = QAccessibleWidget::text(kind);
        switch (kind) {
            case QAccessible::Value:
                return box_->currentText();
            case QAccessible::Description:  // Qt on Linux passes no other text of the choice on
                return text.isEmpty() ? box_->currentText()
                                      : box_->currentText() + QStringLiteral(". ") + text;
            default:
                return text;
        }
    }

    int childCount() const override { return 1; }
    QAccessibleInterface* child(int index) const override {
        if (index != 0) {
            return nullptr;
        }
        if (!box_->view()->isVisible()) {  // the list stands at the choice, as if it were open
            box_->view()->setCurrentIndex(
                box_->model()->index(box_->currentIndex(), box_->modelColumn()));
        }
        return QAccessible::queryAccessibleInterface(box_->view());
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
