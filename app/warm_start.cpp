#include "app/warm_start.h"

#include <QEvent>
#include <QThreadPool>
#include <QTimer>
#include <exception>

#include "app/main_window.h"
#include "core/warm_up.h"

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

class FirstFrame : public QObject {
  public:
    FirstFrame(MainWindow& window, std::filesystem::path data)
        : QObject(&window), window_(window), data_(std::move(data)) {
        window.installEventFilter(this);
    }

  protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            window_.removeEventFilter(this);
            // The frame is on the screen by the next turn of the event loop.
            QTimer::singleShot(0, this, [this] {
                window_.session().setData(data_);
                QThreadPool::globalInstance()->start(warmUpQuietly);
                deleteLater();
            });
        }
        return false;
    }

  private:
    MainWindow& window_;
    const std::filesystem::path data_;
};

}  // namespace

void startWarm(MainWindow& window, const std::filesystem::path& data) {
    new FirstFrame(window, data);
}

}  // namespace normscope
