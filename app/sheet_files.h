#pragma once

#include <QObject>
#include <QString>
#include <memory>

#include "app/task_thread.h"
#include "core/normalization_json.h"
#include "ui/normalize/sheet_state.h"

namespace normscope {

/// What was read from a file.
struct OpenedSheet {
    QString name;  ///< of the file, without its folder
    NormalizationRecord record;
    bool cellsAlone;  ///< the file says nothing of how they are normalized
};

/// Reads and writes sheets on a thread of its own. Lives on the thread of the window; every request
/// is answered by one signal, in the order of the requests.
class SheetFiles : public QObject {
    Q_OBJECT

  public:
    explicit SheetFiles(QObject* parent = nullptr);

    /// A .json of `normalize`, else cells as CSV, which get the shape `preferred` if there are as
    /// many, else one that follows from the lines. Answer: opened or failed.
    void open(const QString& path, const Shape4& preferred);
    /// Everything as .json, the cells of the input as .csv, or a workbook that computes itself as
    /// .xlsx. Answer: saved or failed.
    void save(const QString& path, const SheetState& state);

  signals:
    void opened(std::shared_ptr<const normscope::OpenedSheet> sheet);
    void saved(const QString& path);
    void failed(const QString& sentence);

  private:
    void post(TaskThread::Task task);

    TaskThread thread_;
};

}  // namespace normscope
