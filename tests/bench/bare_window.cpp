// What every Qt program pays: a main window with nothing in it, not even the fonts that any text
// needs, or, after --word, with one word. Says on standard error when its first frame is on the
// screen. See start_time.py.

#include <QApplication>
#include <QLabel>
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
    if (QApplication::arguments().contains("--word")) {
        window.setCentralWidget(new QLabel("Normscope"));
    }
    window.show();
    return QApplication::exec();
}
