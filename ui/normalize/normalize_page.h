#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "ui/picture/picture.h"
#include "ui/sample_source.h"

class QAction;
class QLabel;
class QSplitter;
class QUndoStack;

namespace normscope {

class DetailsPanel;
class FormulaBar;
class MessageStrip;
class ProblemLabel;
class SheetActions;
class SheetDocument;
class SheetFeeder;
class SheetSetup;
class SheetView;

/// The sheet: a tensor, how it is normalized, and every number on the way.
class NormalizePage : public QWidget {
    Q_OBJECT

  public:
    explicit NormalizePage(QWidget* parent = nullptr);
    ~NormalizePage() override;

    SheetDocument& document() { return *document_; }
    SheetView& view() { return *view_; }
    QUndoStack& undoStack();
    /// With their keys, which reach no further than the page; for a menu.
    QAction* undoAction() const;
    QAction* redoAction() const;

    /// Runs whose models' activations are on offer; the one under way, if any, first.
    void setRuns(const std::vector<RunChoice>& runs);
    /// The same run in another folder: whoever chose it stays with it.
    void moveRun(const QString& from, const QString& to);
    /// Asks for real numbers, as when somebody chooses them; as many as the sheet has room for.
    void choose(const SampleRequest& request);
    /// The answer to sampleRequested; any other sample is dropped.
    void showSample(const Sample& sample);
    void setMotion(bool on);
    /// One sentence that stays until it is closed or replaced; empty takes it away.
    void setMessage(const QString& sentence);

    bool isSetupShown() const;
    void setSetupShown(bool shown);

    /// The sheet, its histogram and its cube, for export and print.
    std::vector<Picture> pictures() const;
    QString caption() const;

  signals:
    void sampleRequested(const normscope::SampleRequest& request);
    void openRunRequested();
    void openSheetRequested();
    void saveSheetRequested();
    void copyPictureRequested();
    void exportRequested();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    void connectParts();
    void connectSettings();

    void showDocument();
    void showCell();
    void showRemark();
    void showProblem(const QString& sentence);
    void giveRemarkRoom();
    void poke();
    void arrange();

    SheetDocument* document_;
    SheetFeeder* feeder_;
    SheetSetup* setup_;
    SheetView* view_;
    SheetActions* actions_;
    MessageStrip* message_;
    QLabel* remark_;
    ProblemLabel* problem_;
    FormulaBar* formula_;
    DetailsPanel* details_;
    QSplitter* splitter_;

    std::optional<bool> detailsWanted_;  ///< empty: where there is room
};

}  // namespace normscope
