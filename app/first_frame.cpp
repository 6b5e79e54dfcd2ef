#include "app/first_frame.h"

#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <utility>

namespace normscope {
namespace {

class FirstFrame : public QObject {
  public:
    FirstFrame(QWidget& window, std::function<void()> then)
        : QObject(&window), window_(window), then_(std::move(then)) {
        window.installEventFilter(this);
    }

  protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            window_.removeEventFilter(this);
            // It is on the screen by the next turn of the event loop.
            QTimer::singleShot(0, this, [this] {
                then_();
                deleteLater();
            });
        }
        return false;
    }

  private:
    QWidget& window_;
    const std::function<void()> then_;
};

}  // namespace

void afterFirstFrame(QWidget& window, std::function<void()> then) {
    new FirstFrame(window, std::move(then));
}

}  // namespace normscope
