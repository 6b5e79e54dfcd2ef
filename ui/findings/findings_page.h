#pragma once

#include <QWidget>
#include <filesystem>
#include <vector>

#include "ui/compared_model.h"
#include "ui/picture/picture.h"

class QBoxLayout;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace normscope {

class ExperimentView;
class FindingList;
class FindingsTableModel;
class MessageStrip;
class NotesField;
class OriginalPanel;
class SummaryGrid;
class WholeTable;

/// What the measurements of the compared models support, and no more: the table, summary charts,
/// sentences with the tests that carry them, the reader's own notes, and experiments over seeds and
/// batch sizes.
class FindingsPage : public QWidget {
    Q_OBJECT

  public:
    explicit FindingsPage(QWidget* parent = nullptr);

    void setComparison(const Comparison& models);
    /// Folders of runs that came with the program: they take no notes.
    void setShippedRuns(const std::vector<std::filesystem::path>& folders);
    void setMessage(const QString& sentence);

    ExperimentView& experiments() { return *experiments_; }
    void showExperiments(bool shown = true);

    /// Of the view that is shown.
    std::vector<Picture> pictures() const;
    QString caption() const;

  signals:
    /// The notes kept with a run were edited (told when the typing pauses and when it ends).
    void notesEdited(const std::filesystem::path& run, const QString& notes);
    void chooseModelsRequested();
    void exportRequested();
    void reportRequested();

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    QWidget* makeBar();
    QWidget* makeEmptyState();
    QWidget* makeComparison();
    QWidget* makeFigures();
    void connectParts();
    void takePalette();
    void showNotes();
    void fitToWidth();
    bool areExperimentsShown() const;

    Comparison models_;
    std::vector<std::filesystem::path> shipped_;

    // In the order of the Tab key.
    QTabBar* views_;
    QPushButton* choose_;
    QPushButton* report_;
    QToolButton* export_;
    MessageStrip* message_;
    QStackedWidget* stack_;
    FindingList* findings_;
    NotesField* notes_;
    SummaryGrid* charts_;
    FindingsTableModel* model_;
    QWidget* figures_;  ///< the table, with what belongs to it
    WholeTable* table_;
    OriginalPanel* original_;
    ExperimentView* experiments_;
    QBoxLayout* upper_ = nullptr;  ///< sentences and notes
    QBoxLayout* lower_ = nullptr;  ///< table and the original's figures
};

}  // namespace normscope
