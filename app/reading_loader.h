#pragma once

#include <QObject>
#include <QString>
#include <array>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/task_thread.h"
#include "core/reading.h"
#include "ui/compared_model.h"
#include "ui/reading_source.h"

namespace normscope {

/// Where the network of a compared model is.
struct NetworkSource {
    QString label;  ///< what people call the model
    NetworkSpec network;
    std::filesystem::path file;                  ///< its model.pt; empty before its first epoch
    std::shared_ptr<const std::string> content;  ///< told in the middle of a training; else null
};

/// As they were saved in the folders of their runs.
std::vector<NetworkSource> savedNetworks(const Comparison& models);

/// Answers what pages ask of the compared models, on a thread of its own. Lives on the thread of
/// the window. Networks are kept as long as their files do not change.
class ReadingLoader : public QObject {
    Q_OBJECT

  public:
    explicit ReadingLoader(QObject* parent = nullptr);

    /// Those that questions from here on are asked of.
    void setModels(std::vector<NetworkSource> models);

    /// `dataset`: where the companions come from; may be null where there are none. Answer:
    /// answered, in the order of the requests. A question that has not been begun when a later one
    /// of its kind comes, of test images or of drawn ones, is dropped.
    void read(const ReadingRequest& request, std::shared_ptr<const Dataset> dataset);

  signals:
    void answered(std::shared_ptr<const normscope::ReadingAnswer> answer);

  private:
    using Sources = std::shared_ptr<const std::vector<NetworkSource>>;

    /// A network and what it was made of.
    struct Kept {
        NetworkSource source;
        std::filesystem::file_time_type written;
        std::uintmax_t size = 0;
        std::unique_ptr<DigitReader> reader;
    };

    // On the other thread.
    TaskThread::Answer answer(const ReadingRequest& request,
                              const std::vector<NetworkSource>& sources, const Dataset* dataset);
    ModelReading readingOf(const ReadingRequest& request, const NetworkSource& source,
                           const Dataset* dataset, std::vector<Kept>& used);
    Kept take(const NetworkSource& source);

    Sources sources_;
    std::array<std::atomic<std::uint64_t>, 2> latest_{};  ///< of test images, of drawn ones
    std::vector<Kept> kept_;                              ///< of the other thread
    TaskThread thread_;  ///< dies first: its tasks refer to the above
};

}  // namespace normscope
