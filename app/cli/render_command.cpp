#include <QApplication>
#include <QElapsedTimer>
#include <QPixmap>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/window_environment.h"
#include "core/runs.h"

namespace normscope {
namespace {

/// Charts and cards paint with their next frames.
void letItPaint() {
    constexpr int kMilliseconds = 500;
    QElapsedTimer timer;
    timer.start();
    while (!timer.hasExpired(kMilliseconds)) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, kMilliseconds);
    }
}

}  // namespace

int runRender(const QStringList& arguments) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // What Qt has to say of a session and a display that are not there is of no use here.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    int none = 1;
    char name[] = "normscope";
    char* noArguments[] = {name, nullptr};
    QApplication application(none, noArguments);
    settleApplication();

    CommandLine line("render", "Draws a page of the window into a picture.");
    line.addOption("page", "Which page: train.", "NAME");
    line.addOption("run", "Folder of the run to show. Default: none, as at the first start.",
                   "DIR");
    line.addOption("size", "Width and height in pixels.", "WxH", "1600x1000");
    line.addOption("out", "The picture.", "FILE.png");
    if (!line.parse(arguments)) {
        return 0;
    }
    if (line.required("page") != "train") {
        throw UsageError("--page: there is no page \"" + line.text("page") + "\"; choose train.");
    }
    const QString out = QString::fromStdString(line.path("out").string());
    if (!out.endsWith(".png", Qt::CaseInsensitive)) {
        throw UsageError("--out: " + out.toStdString() + " does not end in .png.");
    }
    const QSize size = line.size("size");

    MainWindow window(windowEnvironment(), firstState());
    window.resize(size);
    window.show();
    if (line.isSet("run")) {
        window.session().showRun(readRun(line.path("run")));
    }
    letItPaint();
    if (!window.grab().save(out)) {
        throw std::runtime_error("Cannot write " + out.toStdString() + ".");
    }
    return 0;
}

}  // namespace normscope
