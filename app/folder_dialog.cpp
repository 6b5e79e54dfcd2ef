#include "app/folder_dialog.h"

#include <QFileDialog>
#include <utility>

namespace normscope {

void askForFolder(QWidget& parent, const QString& title, const std::filesystem::path& start,
                  const QObject* context,
                  std::function<void(const std::filesystem::path& folder)> take) {
    auto* dialog = new QFileDialog(&parent, title, QString::fromStdString(start.string()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    QObject::connect(dialog, &QFileDialog::fileSelected, context,
                     [take = std::move(take)](const QString& folder) {
                         take(std::filesystem::path(folder.toStdString()));
                     });
    dialog->open();
}

}  // namespace normscope
