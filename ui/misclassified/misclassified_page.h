#pragma once

#include <QWidget>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/dataset.h"
#include "ui/compared_model.h"
#include "ui/picture/picture.h"
#include "ui/reading_source.h"
#include "ui/sample_source.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace normscope {

class DrawView;
class MessageStrip;
class MistakesView;

/// What the compared networks get wrong: one gallery per model, side by side, confusion matrices,
/// who misreads what, how each digit was learned, the digit in detail, and digits drawn by hand.
class MisclassifiedPage : public QWidget {
    Q_OBJECT

  public:
    explicit MisclassifiedPage(QWidget* parent = nullptr);

    /// Models without an evaluation yet have an empty gallery that says so. `dataset` holds the
    /// test images of the first model's run; null while it is being read.
    void setComparison(const Comparison& models, std::shared_ptr<const Dataset> dataset);
    void showAnswer(const ReadingAnswer& answer);
    void setMessage(const QString& sentence);

    DrawView& drawing() { return *draw_; }

    /// What can be exported, and what stands below each.
    std::vector<Picture> pictures() const;
    QString caption() const;

  signals:
    /// To the latest of DigitPanel and of DrawView; ids are unique over the page.
    void readingRequested(const normscope::ReadingRequest& request);
    void sheetRequested(const normscope::SampleRequest& request);
    void chooseModelsRequested();
    void exportRequested();
    /// The lists of the galleries as one CSV: asks where to write it.
    void saveListRequested();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    /// The latest request of a part of the page, which counts its own from wherever it likes.
    struct Asked {
        std::uint64_t id = 0;   ///< on the page; 0: nothing
        std::uint64_t own = 0;  ///< of the part
    };

    QWidget* makeEmptyState();
    void makeActions();
    void layOut();
    void connectParts();
    void forward(Asked& asked, ReadingRequest request);
    void showState();
    void takeIcons();

    Comparison models_;
    Asked digitAsked_;
    Asked drawAsked_;
    std::uint64_t lastId_ = 0;

    QTabBar* tabs_;
    QPushButton* choose_;
    QPushButton* saveList_;
    QToolButton* export_;
    MessageStrip* message_;
    QStackedWidget* stack_;
    MistakesView* mistakes_;
    DrawView* draw_;
    QWidget* empty_;
};

}  // namespace normscope
