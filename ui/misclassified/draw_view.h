#pragma once

#include <QWidget>
#include <memory>

#include "core/dataset.h"
#include "ui/compared_model.h"
#include "ui/misclassified/given_picture.h"
#include "ui/misclassified/reading_questions.h"
#include "ui/reading_source.h"

class QBoxLayout;
class QLabel;
class QPushButton;

namespace normscope {

class DigitImageView;
class DrawingBoard;
struct GreyImage;
class MapsView;
class ProbabilityBars;
class ProblemLabel;

/// Where people draw a digit of their own, with mouse, pen or keyboard, or drop a picture of one;
/// every compared model answers live.
class DrawView : public QWidget {
    Q_OBJECT

  public:
    explicit DrawView(QWidget* parent = nullptr);

    void setModels(const Comparison& models);
    void showAnswer(const ReadingAnswer& answer);

    /// Answers to pictureRequested: its ink, or why it could not be taken.
    void showInk(const GreyImage& ink);
    void showPictureProblem(const QString& sentence);

    QSize minimumSizeHint() const override;

  signals:
    void readingRequested(const normscope::ReadingRequest& request);
    /// The ink in this picture is wanted: they are not read here.
    void pictureRequested(const normscope::GivenPicture& given);
    /// Why a picture could not be taken; empty takes the sentence back.
    void problemChanged(const QString& sentence);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

  private:
    void makeParts();
    void layOut();
    void fitToWidth();
    void takeInk();
    void ask();
    void showReadings();
    void openPicture();

    Comparison models_;
    DigitImage image_{};
    bool hasInk_ = false;
    ReadingQuestions questions_;
    std::vector<ModelReading> readings_;

    DrawingBoard* board_;
    QPushButton* undo_;
    QPushButton* clear_;
    QPushButton* open_;
    DigitImageView* prepared_;
    QLabel* remark_;
    ProbabilityBars* bars_;
    ProblemLabel* problem_;
    MapsView* maps_;
    QBoxLayout* parts_;  ///< beside each other or, where they would not fit, one below the other
};

}  // namespace normscope
