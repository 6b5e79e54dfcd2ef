#pragma once

#include <QCoreApplication>
#include <span>
#include <vector>

#include "ui/picture/picture.h"

namespace normscope {

class SidePanel;
class StatusLine;

/// The pictures of a page, and what stands below each: the settings that it came from.
struct PagePictures {
    std::vector<Picture> pictures;
    QString caption;
};

/// Gives pictures away, whatever the page: to a file, the clipboard, a printer. What a picture
/// draws from must live as long as the window.
class PictureActions {
    Q_DECLARE_TR_FUNCTIONS(PictureActions)

  public:
    /// Pictures are set up in `panel`; what was done is told in `status`.
    PictureActions(SidePanel& panel, StatusLine& status) : panel_(panel), status_(status) {}

    /// Opens the panel with this picture chosen.
    void showExport(PagePictures page, int chosen = 0);
    void copy(const Picture& picture, const QString& caption);
    /// Each picture on a page of its own.
    void print(PagePictures page);

  private:
    /// Then it says so.
    bool isEmpty(const PagePictures& page);

    SidePanel& panel_;
    StatusLine& status_;
};

}  // namespace normscope
