#include "app/mistakes_session.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include "app/comparison_session.h"
#include "core/files.h"
#include "core/mistakes_csv.h"
#include "ui/misclassified/draw_view.h"
#include "ui/misclassified/misclassified_page.h"

namespace normscope {
namespace {

std::string listOf(const Comparison& models) {
    std::vector<NamedEvaluation> read;
    for (const ComparedModel& model : models) {
        if (model.history().evaluation != nullptr) {
            read.push_back({model.label.toStdString(), *model.history().evaluation});
        }
    }
    return formatMistakes(read);
}

}  // namespace

MistakesSession::MistakesSession(MisclassifiedPage& page, ComparisonSession& comparison,
                                 QObject* parent)
    : QObject(parent),
      page_(page),
      comparison_(comparison),
      folder_(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)),
      thread_(QStringLiteral("lists")) {
    connect(&page, &MisclassifiedPage::saveListRequested, this,
            &MistakesSession::askWhereToSaveList);
    connectReadings();
    connectPictures();
}

void MistakesSession::connectReadings() {
    connect(&comparison_, &ComparisonSession::changed, this,
            [this](const Comparison& models) { readings_.setModels(savedNetworks(models)); });
    readings_.setModels(savedNetworks(comparison_.models()));
    connect(&page_, &MisclassifiedPage::readingRequested, this, &MistakesSession::ask);
    connect(&readings_, &ReadingLoader::answered, this, &MistakesSession::take);
}

void MistakesSession::ask(const ReadingRequest& request) {
    asked_ = request.id;
    readings_.read(request, comparison_.dataset());
}

void MistakesSession::take(const std::shared_ptr<const ReadingAnswer>& answer) {
    answered_ = answer->request.id;
    page_.showAnswer(*answer);
}

void MistakesSession::connectPictures() {
    DrawView& drawing = page_.drawing();
    connect(&drawing, &DrawView::pictureRequested, &decoder_, &PictureDecoder::decode);
    connect(&decoder_, &PictureDecoder::decoded, &drawing, &DrawView::showInk);
    connect(&decoder_, &PictureDecoder::failed, &drawing, &DrawView::showPictureProblem);
}

void MistakesSession::askWhereToSaveList() {
    auto* dialog = new QFileDialog(&page_, tr("Save the list of misread digits"), folder_,
                                   tr("Comma-separated values (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("csv");
    dialog->selectFile(tr("Misclassified") + ".csv");
    connect(dialog, &QFileDialog::fileSelected, this, &MistakesSession::saveList);
    dialog->open();
}

void MistakesSession::saveList(const QString& path) {
    folder_ = QFileInfo(path).absolutePath();
    thread_.post(
        [this, path, models = comparison_.models()]() -> TaskThread::Answer {
            TaskThread::turnTo(path.toStdString());
            writeFile(path.toStdString(), listOf(models));
            return [this, path] {
                page_.setMessage({});
                emit told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
            };
        },
        [this](const QString& why) {
            page_.setMessage(why);
            emit told({});
        });
}

}  // namespace normscope
