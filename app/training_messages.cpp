#include "app/training_messages.h"

#include <QCoreApplication>
#include <QLocale>
#include <chrono>

#include "app/diagnostics.h"
#include "app/pulse.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(TrainingMessages)
};

QString labelOf(const Run& run, std::size_t model) {
    return QString::fromStdString(run.config.models.at(model).label);
}

}  // namespace

Message failureMessage(const Run& run, const TrainingSnapshot& snapshot) {
    const QString error = QString::fromStdString(snapshot.error);
    return {.text = snapshot.canGoOn
                        ? Texts::tr("“%1” could not go on: %2 Its finished epochs are kept; when "
                                    "the training has ended, Continue goes on from the last one.")
                              .arg(labelOf(run, snapshot.model), error)
                        : error,
            .details = trainingDetails(run, snapshot.model)};
}

Message stallMessage(const Run& run, std::size_t model, bool stalled) {
    if (!stalled) {
        return {.text = Texts::tr("“%1” goes on.").arg(labelOf(run, model))};
    }
    const auto patience = std::chrono::duration_cast<std::chrono::seconds>(kPatience);
    return {.text = Texts::tr("“%1” has not answered for %2 seconds: its mini-batches are very "
                              "large, or the disk or the computer is busy with something else. "
                              "The rest goes on, and finished epochs are kept.")
                        .arg(labelOf(run, model),
                             QLocale().toString(static_cast<int>(patience.count()))),
            .details = trainingDetails(run, model)};
}

}  // namespace normscope
