#pragma once

#include <QWidget>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace normscope {

class ElidedLabel;

/// Tables below the charts, one at a time, behind tabs. Closed, only the tabs remain, so that the
/// charts have the room while there is nothing in the tables yet.
class TablesDrawer : public QWidget {
    Q_OBJECT

  public:
    explicit TablesDrawer(QWidget* parent = nullptr);

    void addTable(const QString& title, QWidget* table);
    /// A remark beside the tabs.
    void setRemark(const QString& text, const QString& toolTip);

    bool isOpen() const;
    void setOpen(bool open);

  signals:
    void openChanged(bool open);

  protected:
    bool event(QEvent* event) override;

  private:
    void fitWhenClosed();

    QTabBar* tabs_;
    ElidedLabel* remark_;
    QToolButton* toggle_;
    QStackedWidget* tables_;
};

}  // namespace normscope
