#pragma once

#include <QTableView>

namespace normscope {

/// A table of results to read and to carry into a spreadsheet: Ctrl+C copies the selected rows, or
/// all of them, with their titles, cells separated by tabs.
class CopyableTable : public QTableView {
    Q_OBJECT

  public:
    explicit CopyableTable(QWidget* parent = nullptr);

    QString tabSeparated() const;
    void setModel(QAbstractItemModel* model) override;
    /// The column that takes what room is left; by default the second, a description.
    void setWideColumn(int column);
    /// The wide column never gives up its end: what has no room is scrolled to.
    void keepWideColumnWhole();

    /// With which no column gives up anything.
    int wholeWidth() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    void fitToFont();
    void fitColumns();
    int wholeWidthOf(int column) const;

    int wideColumn_ = 1;
    bool wideColumnWhole_ = false;
};

}  // namespace normscope
