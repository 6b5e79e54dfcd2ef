#pragma once

#include <QString>
#include <QWidget>
#include <set>
#include <vector>

#include "ui/runs/run_entry.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTreeView;

namespace normscope {

class MessageStrip;
class ProblemLabel;
class RunTreeModel;

/// Content of the side panel in which runs are looked through, and models of any of them checked
/// to be compared on all pages.
class RunsPanel : public QWidget {
    Q_OBJECT

  public:
    explicit RunsPanel(QWidget* parent = nullptr);

    void setRuns(const std::vector<RunEntry>& runs);
    /// Those that are compared, in their order.
    void setCompared(const std::vector<ModelRef>& models);
    /// Why something that was asked for was not done.
    void setMessage(const QString& sentence);

  signals:
    void comparisonChosen(const std::vector<normscope::ModelRef>& models);
    void openRequested();
    /// As a whole on page Train, with its settings.
    void showRequested(const QString& folder);
    /// From its last finished epoch.
    void resumeRequested(const QString& folder);
    void renameRequested(const QString& folder, const QString& name);
    /// To the trash; asked and answered.
    void deleteRequested(const QString& folder);
    /// Off the list.
    void closeRequested(const QString& folder);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void makeTree();
    QWidget* makeButtons();
    QWidget* makeQuestion();
    void layOut();
    void connectTree();
    const RunEntry* currentRun() const;
    QModelIndex currentRunIndex() const;
    void showCurrent();
    void describe(const RunEntry& run);
    void rename();
    void askToDelete();
    void remove();
    void closeQuestion();
    void filter(const QString& text);
    void expandAgain();
    void fitToFont();

    RunTreeModel* model_;
    QSortFilterProxyModel* shown_;
    MessageStrip* message_;
    QLineEdit* filter_;
    QTreeView* tree_;
    QLabel* remark_;
    QLabel* details_;
    QLabel* notes_;
    ProblemLabel* problems_;
    QPushButton* open_;
    QPushButton* show_;
    QPushButton* resume_;
    QPushButton* rename_;
    QPushButton* delete_;
    QWidget* question_ = nullptr;
    QLabel* questionText_ = nullptr;
    QPushButton* keep_ = nullptr;
    QString questionable_;         ///< the folder that may go to the trash
    std::set<QString> collapsed_;  ///< runs whose models are folded away
};

}  // namespace normscope
