#pragma once

#include <QObject>
#include <QString>

#include "app/picture_decoder.h"
#include "app/reading_loader.h"
#include "app/task_thread.h"
#include "ui/compared_model.h"

namespace normscope {

class ComparisonSession;
class MisclassifiedPage;

/// What page Misclassified asks for: how the compared models read a digit, pictures of people's
/// own, and the list of what was misread as a file.
class MistakesSession : public QObject {
    Q_OBJECT

  public:
    MistakesSession(MisclassifiedPage& page, ComparisonSession& comparison,
                    QObject* parent = nullptr);

    /// Whether an answer is still to come.
    bool isBusy() const { return asked_ != answered_; }

    void askWhereToSaveList();
    /// Every digit that any of the compared models misreads, as CSV.
    void saveList(const QString& path);

  signals:
    void told(const QString& sentence);

  private:
    void connectReadings();
    void connectPictures();
    void ask(const ReadingRequest& request);
    void take(const std::shared_ptr<const ReadingAnswer>& answer);

    MisclassifiedPage& page_;
    ComparisonSession& comparison_;
    ReadingLoader readings_;
    PictureDecoder decoder_;
    std::uint64_t asked_ = 0;  ///< the latest question
    std::uint64_t answered_ = 0;
    QString folder_;     ///< where the last list went
    TaskThread thread_;  ///< dies first: its tasks refer to the above
};

}  // namespace normscope
