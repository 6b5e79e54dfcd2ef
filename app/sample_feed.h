#pragma once

#include <QObject>
#include <optional>

#include "app/sample_loader.h"

namespace normscope {

class TrainingSession;

/// The samples of one page. One is on its way at a time, and of those that wait only the newest
/// counts: a slider that is dragged does not leave a queue behind.
class SampleFeed : public QObject {
    Q_OBJECT

  public:
    /// `offered`: what the page chooses from.
    SampleFeed(SampleLoader& loader, TrainingSession& training,
               const std::vector<RunChoice>& offered, QObject* parent = nullptr);

    void request(const SampleRequest& request);
    bool isBusy() const { return onItsWay_.has_value(); }

  signals:
    void sampleReady(const normscope::Sample& sample);
    /// Why there is none, as a sentence.
    void failed(const QString& sentence);

  private:
    void ask(const SampleRequest& request);
    /// Of the model that was chosen; empty where it is not on offer.
    QString labelOf(const SampleRequest& request) const;
    void askTraining(const SampleRequest& request);
    /// Of a model whose training has ended: as it was saved.
    void askFolder(const SampleRequest& request);
    void takeInspection(std::size_t model, const std::shared_ptr<const std::string>& content);
    void takeSample(const std::shared_ptr<const Sample>& sample);
    void takeFailure(const SampleRequest& request, const QString& sentence);
    /// Goes on with the request that waits, if any; whether there was one.
    bool next();

    SampleLoader& loader_;
    TrainingSession& training_;
    const std::vector<RunChoice>& offered_;
    std::optional<SampleRequest> onItsWay_;
    std::optional<SampleRequest> waiting_;
    std::optional<ModelInTraining> inspected_;  ///< while its content is being asked for
};

}  // namespace normscope
