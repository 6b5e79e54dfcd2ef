#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/dataset_cache.h"
#include "app/task_thread.h"
#include "core/runs.h"
#include "ui/sample_source.h"

namespace normscope {

/// A model that is in no file: as it was told in the middle of its training.
struct ModelInTraining {
    ModelChoice model;
    QString run;                                 ///< what people call its run
    DatasetInfo images;                          ///< that it learns from
    std::shared_ptr<const std::string> content;  ///< of its model.pt
};

/// Digits and activations, read and computed on a thread of its own. Lives on the thread of the
/// window; every request is answered by one signal, in the order of the requests.
class SampleLoader : public QObject {
    Q_OBJECT

  public:
    explicit SampleLoader(std::shared_ptr<DatasetCache> datasets, QObject* parent = nullptr);

    // Answer: sampleRead or failed. A request for more images, or channels, than there are is
    // answered with the last ones.
    void readDigits(const SampleRequest& request, const std::filesystem::path& data);
    /// Of the model with this label; where it is empty, request.model is the place among all models
    /// of the run, saved or not.
    void readActivations(const SampleRequest& request, const std::filesystem::path& run,
                         const QString& label = {});
    void readActivations(const SampleRequest& request, const ModelInTraining& model);

  signals:
    void sampleRead(std::shared_ptr<const normscope::Sample> sample);
    void failed(const normscope::SampleRequest& request, const QString& sentence);

  private:
    void post(const SampleRequest& request, std::function<Sample()> read);

    // On the other thread.
    Sample digits(const SampleRequest& request, const std::filesystem::path& data);
    Sample savedActivations(const SampleRequest& request, const std::filesystem::path& folder,
                            const std::string& label);
    Sample activations(const SampleRequest& request, const ModelInTraining& model,
                       const std::string& nameOfFile);

    const std::shared_ptr<DatasetCache> datasets_;
    std::shared_ptr<const Dataset> dataset_;  ///< read last
    TaskThread thread_;                       ///< dies first: its tasks refer to the above
};

}  // namespace normscope
