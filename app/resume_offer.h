#pragma once

#include <QObject>
#include <QString>
#include <filesystem>

namespace normscope {

class RunLibrary;
struct ListedRun;

/// Looks, when the runs are listed for the first time, whether one was cut off by the end of the
/// program or of the computer, for then it can go on. Of several, the one that was trained last.
class ResumeOffer : public QObject {
    Q_OBJECT

  public:
    explicit ResumeOffer(const RunLibrary& library, QObject* parent = nullptr);

  signals:
    /// `sentence` says how far it had come.
    void offered(const std::filesystem::path& run, const QString& sentence);

  private:
    void look();

    const RunLibrary& library_;
};

}  // namespace normscope
