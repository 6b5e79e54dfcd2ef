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

    /// What screen readers call the tabs and the button that opens the drawer, and what that does:
    /// by default of tables.
    void describe(const QString& tabs, const QString& toggle, const QString& toolTip);
    void addTable(const QString& title, QWidget* table);
    /// One that needs the room of the charts as well: see needsAllRoom(). Its accessible name
    /// is told in full by the tab, whose title must be short.
    void addTallTable(const QString& title, QWidget* table);
    /// Shows the table with this place among those added, if the drawer is open.
    void choose(int table);
    /// A remark beside the tabs.
    void setRemark(const QString& text, const QString& toolTip);

    bool isOpen() const;
    void setOpen(bool open);
    /// Whether it is open at a tall table: the charts then have to go.
    bool needsAllRoom() const;

  signals:
    void openChanged(bool open);
    void needsAllRoomChanged(bool needsAllRoom);

  protected:
    bool event(QEvent* event) override;

  private:
    void fitWhenClosed();
    void showTable(int table);
    void tellRoom();

    QTabBar* tabs_;
    ElidedLabel* remark_;
    QToolButton* toggle_;
    QStackedWidget* tables_;
    QWidget* tall_ = nullptr;
    bool toldAllRoom_ = false;
};

}  // namespace normscope
