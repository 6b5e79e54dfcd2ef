#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace normscope {

class CopyableTable;
class NumberSetting;
class RunningModel;
class SheetDocument;

/// Batch norm alone: whether its statistics are the batch's own or the running ones, and how those
/// come about.
class RunningSection : public QWidget {
    Q_OBJECT

  public:
    explicit RunningSection(SheetDocument& document, QWidget* parent = nullptr);

  signals:
    void batchRequested();

  private:
    void makeFields();
    void layOut();
    void display();

    SheetDocument& document_;
    QComboBox* mode_;
    QLabel* explanation_;
    QLabel* batches_;
    RunningModel* running_;
    CopyableTable* table_;
    NumberSetting* momentum_;
    QPushButton* feed_;
    QPushButton* reset_;
};

}  // namespace normscope
