#include "app/warm_start.h"

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

WarmStart::WarmStart(MainWindow& window, const std::filesystem::path& data)
    : QObject(&window), thread_("warm start") {
    window.session().setData(data);
    thread_.post([this, &window]() -> TaskThread::Answer {
        warmUpQuietly();
        // By now all that computes is loaded.
        return [this, &window, sentence = slowBlasRemark()] {
            window.trainPage().setEngineRemark(sentence);
            deleteLater();
        };
    });
}

}  // namespace normscope
