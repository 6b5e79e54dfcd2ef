#pragma once

#include <QImage>
#include <QObject>
#include <QString>

#include "app/task_thread.h"

namespace normscope {

/// Does readPicture() on a thread of its own: pictures may be large, and on a slow disk. Lives on
/// the thread of the window.
class PictureDecoder : public QObject {
    Q_OBJECT

  public:
    explicit PictureDecoder(QObject* parent = nullptr);

    /// Answer: decoded or failed.
    void decode(const QString& path);

  signals:
    void decoded(const QImage& picture);
    /// Why there is none, in one sentence that names the file.
    void failed(const QString& sentence);

  private:
    TaskThread thread_;
};

}  // namespace normscope
