#pragma once

#include <QObject>
#include <QString>

#include "app/task_thread.h"
#include "core/drawn_digit.h"
#include "ui/misclassified/given_picture.h"

namespace normscope {

/// Finds the ink in pictures of digits, on a thread of its own: they may be large, and on a slow
/// disk. Lives on the thread of the window.
class PictureDecoder : public QObject {
    Q_OBJECT

  public:
    explicit PictureDecoder(QObject* parent = nullptr);

    /// Answer: decoded or failed.
    void decode(const GivenPicture& given);

  signals:
    void decoded(const normscope::GreyImage& ink);
    /// Why there is none, in one sentence that names the file.
    void failed(const QString& sentence);

  private:
    TaskThread thread_;
};

}  // namespace normscope
