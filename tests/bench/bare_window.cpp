// What every Qt program pays: an empty main window. Says on standard error when its first frame is
// on the screen. See start_time.py.

#include <QApplication>
#include <QMainWindow>
#include <QTimer>
#include <cstdio>

namespace {

class BareWindow : public QMainWindow {
  protected:
    void paintEvent(QPaintEvent* event) override {
        QMainWindow::paintEvent(event);
        QTimer::singleShot(0, this, [] { std::fputs("{\"first_frame\":true}\n", stderr); });
    }
};

}  // namespace

int main(int argc, char* argv[]) {
    QApplication application(argc, argv);
    BareWindow window;
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
