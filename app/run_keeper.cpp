#include "app/run_keeper.h"

#include <QDir>
#include <utility>

#include "app/folder_dialog.h"
#include "app/log_file.h"
#include "app/run_loader.h"
#include "core/run_writer.h"
#include "ui/train/train_page.h"
#include "ui/widgets/message_strip.h"

namespace normscope {

RunKeeper::RunKeeper(TrainPage& page, RunLoader& loader, QObject* parent)
    : QObject(parent), page_(page), loader_(loader) {
    connect(&loader_, &RunLoader::saved, this, &RunKeeper::takeSaved);
}

void RunKeeper::begin(const PreparedRun& prepared) {
    writer_ = prepared.writer;
    folder_ = prepared.run.folder;
    underWay_ = true;
    look();
}

void RunKeeper::look() {
    if (writer_) {
        setProblem(QString::fromStdString(writer_->problem()));
    }
}

void RunKeeper::end() {
    underWay_ = false;
    look();
    tell();
    if (!isUnsaved()) {
        writer_.reset();
    }
}

void RunKeeper::discard() {
    writer_.reset();
    setProblem({});
}

void RunKeeper::askWhereToSave() {
    askForFolder(page_, tr("Save the run elsewhere"), QDir::homePath().toStdString(), this,
                 [this](const std::filesystem::path& folder) { saveElsewhere(folder); });
}

void RunKeeper::saveElsewhere(const std::filesystem::path& parent) {
    if (writer_) {
        loader_.saveElsewhere(writer_, parent);
    }
}

void RunKeeper::takeSaved(const std::filesystem::path& folder, const QString& problem) {
    if (!problem.isEmpty()) {
        page_.setMessage(tr("%1 The run is still in memory; choose another folder.").arg(problem));
        return;
    }
    const std::filesystem::path from = std::exchange(folder_, folder);
    look();
    if (!underWay_ && !isUnsaved()) {
        writer_.reset();
    }
    qCInfo(trainingLog).noquote() << "saved in" << QString::fromStdString(folder.string());
    if (from != folder) {
        emit moved(from, folder);
    }
}

void RunKeeper::setProblem(const QString& problem) {
    if (std::exchange(problem_, problem) != problem) {
        qCInfo(trainingLog).noquote()
            << (problem.isEmpty() ? QStringLiteral("all of it is written") : problem);
        tell();
        emit changed();
    }
}

/// Once: whoever closed the strip has read it.
void RunKeeper::tell() {
    Message message;
    if (!problem_.isEmpty()) {
        message.text = underWay_
                           ? tr("%1 The training goes on in memory. Mend that, and the next epoch "
                                "writes everything; or save the run elsewhere.")
                           : tr("%1 The run is in memory alone. Mend that and try again, or save "
                                "it elsewhere.");
        message.text = message.text.arg(problem_);
        message.actions.push_back({tr("Save elsewhere..."), [this] { askWhereToSave(); }});
        if (!folder_.empty()) {
            message.actions.push_back({tr("Try again"), [this] { loader_.saveAgain(writer_); }});
        }
    }
    if (std::exchange(told_, message.text) != message.text) {
        page_.setUnsaved(message);
    }
}

}  // namespace normscope
