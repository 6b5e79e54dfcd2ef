#include "app/warm_start.h"

#include <QApplication>
#include <QPointer>
#include <QThreadPool>
#include <exception>

#include "app/diagnostics.h"
#include "app/main_window.h"
#include "core/warm_up.h"
#include "ui/train/train_page.h"

namespace normscope {
namespace {

/// What goes wrong here goes wrong again in the training, which says so.
void warmUpQuietly() {
    try {
        warmUp();
    } catch (const std::exception&) {
        return;
    }
}

}  // namespace

void startWarm(MainWindow& window, const std::filesystem::path& data) {
    window.session().setData(data);
    QThreadPool::globalInstance()->start([page = QPointer(&window.trainPage())] {
        warmUpQuietly();
        // By now all that computes is loaded.
        QMetaObject::invokeMethod(qApp, [page, sentence = slowBlasRemark()] {
            if (page) {
                page->setEngineRemark(sentence);
            }
        });
    });
}

}  // namespace normscope
