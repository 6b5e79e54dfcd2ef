#include "app/sheet_session.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

#include "ui/normalize/normalize_page.h"
#include "ui/normalize/sheet_document.h"

namespace normscope {
namespace {

/// What the sheet goes on with after one under `opened`: the number of groups belongs to group
/// norm, and what the sheet had stays where `opened` is another method.
NormSpec specAfter(const NormSpec& present, NormSpec opened, int channels) {
    if (opened.kind != NormKind::Group && channels % present.groups == 0) {
        opened.groups = present.groups;
    }
    return opened;
}

/// ".json" of "Sheet (*.json)".
QString suffixOf(const QString& filter) {
    return filter.section(u'.', -1).chopped(1);
}

}  // namespace

SheetSession::SheetSession(NormalizePage& page, QObject* parent)
    : QObject(parent),
      page_(page),
      folder_(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)) {
    connect(&page, &NormalizePage::openSheetRequested, this, &SheetSession::askWhichToOpen);
    connect(&page, &NormalizePage::saveSheetRequested, this, &SheetSession::askWhereToSave);
    connect(&files_, &SheetFiles::opened, this,
            [this](const std::shared_ptr<const OpenedSheet>& sheet) { show(*sheet); });
    connect(&files_, &SheetFiles::saved, this, [this](const QString& path) {
        page_.setMessage({});
        emit told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
    });
    connect(&files_, &SheetFiles::failed, &page, &NormalizePage::setMessage);
}

void SheetSession::askWhichToOpen() {
    auto* dialog = new QFileDialog(&page_, tr("Open a sheet"), folder_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Sheets and cells (*.json *.csv *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &SheetSession::open);
    dialog->open();
}

void SheetSession::askWhereToSave() {
    const QStringList filters{tr("Sheet with all its numbers (*.json)"),
                              tr("Cells of the input (*.csv)"),
                              tr("Workbook that computes itself (*.xlsx)")};
    auto* dialog = new QFileDialog(&page_, tr("Save the sheet"), folder_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(suffixOf(filters.first()));
    dialog->selectFile(tr("Sheet"));
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString& filter) { dialog->setDefaultSuffix(suffixOf(filter)); });
    connect(dialog, &QFileDialog::fileSelected, this, &SheetSession::save);
    dialog->open();
}

void SheetSession::open(const QString& path) {
    folder_ = QFileInfo(path).absolutePath();
    files_.open(path, page_.document().shape());
}

void SheetSession::save(const QString& path) {
    folder_ = QFileInfo(path).absolutePath();
    files_.save(path, page_.document().state());
}

void SheetSession::show(const OpenedSheet& sheet) {
    page_.setMessage({});
    const NormalizationRecord& record = sheet.record;
    const NormSpec& present = page_.document().state().spec;
    const int channels = record.input.shape.channels;
    if (sheet.cellsAlone) {
        page_.document().setInput(record.input, sheet.name);
    } else {
        page_.document().setState(
            {.input = std::make_shared<const Tensor4>(record.input),
             .spec = specAfter(present, record.spec, channels),
             .training = record.training,
             .affine = record.affine,
             .running = record.running.value_or(RunningStatistics::initial(channels)),
             .source = sheet.name},
            tr("open %1").arg(sheet.name));
    }
    emit told(tr("Opened %1.").arg(sheet.name));
}

}  // namespace normscope
