#include "app/picture_actions.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPrintDialog>
#include <QPrinter>
#include <utility>

#include "ui/picture/export_panel.h"
#include "ui/side_panel.h"
#include "ui/status_line.h"

namespace normscope {

bool PictureActions::isEmpty(const PagePictures& page) {
    if (page.pictures.empty()) {
        status_.showPassing(tr("There is no picture on this page yet."));
    }
    return page.pictures.empty();
}

void PictureActions::showExport(PagePictures page, int chosen) {
    if (isEmpty(page)) {
        return;
    }
    auto* content = new ExportPanel;
    content->setPictures(std::move(page.pictures));
    content->setCaption(page.caption);
    content->choose(chosen);
    panel_.present(tr("Export picture"), content);
}

void PictureActions::copy(const Picture& picture, const QString& caption) {
    const QImage image = pictureImage(picture, caption, {.size = picture.naturalSize});
    QGuiApplication::clipboard()->setImage(image);
    status_.showPassing(image.isNull() ? tr("There is not enough memory for the picture.")
                                       : tr("The picture is in the clipboard."));
}

void PictureActions::print(PagePictures page) {
    if (isEmpty(page)) {
        return;
    }
    auto* dialog = new QPrintDialog(panel_.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->printer()->setPageOrientation(QPageLayout::Landscape);
    QObject::connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), &status_,
                     [this, page = std::move(page)](QPrinter* printer) {
                         status_.showPassing(printPictures(*printer, page.pictures, page.caption)
                                                 ? tr("The page was sent to the printer.")
                                                 : tr("The printer did not take the page."));
                     });
    dialog->open();
}

}  // namespace normscope
