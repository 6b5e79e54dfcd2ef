#pragma once

#include <QObject>
#include <filesystem>
#include <functional>
#include <vector>

#include "app/run_library.h"
#include "app/sample_feed.h"
#include "app/sample_loader.h"

namespace normscope {

class AffinePage;
class NormalizePage;
class TrainingSession;

/// Real numbers for the pages that normalize: which runs there are, and what is asked of them.
class SampleSession : public QObject {
    Q_OBJECT

  public:
    SampleSession(NormalizePage& normalize, AffinePage& affine, TrainingSession& training,
                  QObject* parent = nullptr);

    /// Looks for runs; from then on they are kept up to date.
    void listRuns();
    /// A run outside of the folder of runs; `done` is told once it is on offer, or why it is none.
    void openRun(const std::filesystem::path& folder,
                 std::function<void(const QString& problem)> done);

    /// Whether an answer is still to come.
    bool isBusy() const;

  signals:
    /// Why a page does not get what it asked for; the page says so too.
    void failed(const QString& sentence);

  private:
    template <typename Page>
    void serve(Page& page, SampleFeed& feed);
    template <typename Page>
    void askWhichRunToOpen(Page& page);
    void follow();
    void takeRenamed(const std::filesystem::path& from, const std::filesystem::path& to);
    void takeList(const std::vector<ListedRun>& runs);
    void offer();

    NormalizePage& normalize_;
    AffinePage& affine_;
    TrainingSession& training_;
    std::vector<RunChoice> offered_;
    SampleLoader loader_;
    SampleFeed normalizeFeed_;
    SampleFeed affineFeed_;
    bool listed_ = false;  ///< once the runs were asked for
    bool wasUnderWay_;
    std::filesystem::path opening_;                     ///< while it is looked at
    std::function<void(const QString& problem)> done_;  ///< told then
    std::vector<RunChoice> saved_;
};

}  // namespace normscope
