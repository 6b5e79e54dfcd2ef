#pragma once

#include <QObject>

#include "app/sheet_files.h"

namespace normscope {

class NormalizePage;

/// The sheets that page Normalize opens and saves.
class SheetSession : public QObject {
    Q_OBJECT

  public:
    explicit SheetSession(NormalizePage& page, QObject* parent = nullptr);

    void askWhichToOpen();
    void askWhereToSave();

    void open(const QString& path);
    void save(const QString& path);

  signals:
    /// What was done, in one line.
    void told(const QString& line);

  private:
    void show(const OpenedSheet& sheet);

    NormalizePage& page_;
    QString folder_;  ///< of the last file
    SheetFiles files_;
};

}  // namespace normscope
