#include "app/window_application.h"

#include <QApplication>
#include <QMessageBox>
#include <QThread>
#include <QTimer>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

#include "app/cli/command_line.h"
#include "app/desktop_appearance.h"
#include "app/first_frame.h"
#include "app/font_reading.h"
#include "app/frame_meter.h"
#include "app/late_room.h"
#include "app/log_file.h"
#include "app/main_window.h"
#include "app/window_environment.h"
#include "core/failure_text.h"
#include "ui/theme.h"

namespace normscope {

namespace {

/// Says what nobody below has caught, such as that the pages cannot be loaded, and ends: Qt leads
/// no exception through its event loop.
class WindowApplication : public QApplication {
  public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        try {
            return QApplication::notify(receiver, event);
        } catch (const std::exception& error) {
            if (QThread::currentThread() != thread()) {
                throw;  // those of ours catch what they can go on after
            }
            const QString what = QString::fromStdString(failureText(error));
            qCCritical(windowLog).noquote() << what;
            if (!std::exchange(failed_, true)) {
                endWith(what);
            }
            return true;
        }
    }

  private:
    static void endWith(const QString& what) {
        QMessageBox message(QMessageBox::Critical, applicationDisplayName(), what);
        message.setTextFormat(Qt::PlainText);
        message.exec();
        QMetaObject::invokeMethod(
            qApp, [] { exit(EXIT_FAILURE); }, Qt::QueuedConnection);
    }

    bool failed_ = false;
};

/// Qt would abort.
void requireDisplay() {
    const auto isSet = [](const char* variable) { return !qEnvironmentVariableIsEmpty(variable); };
    if (!isSet("DISPLAY") && !isSet("WAYLAND_DISPLAY") && !isSet("QT_QPA_PLATFORM")) {
        throw std::runtime_error(
            "There is no display to open the window on; the commands that --help lists need none.");
    }
}

/// With NORMSCOPE_FRAME_METER set, on standard error, a line when the first frame is on the screen,
/// another when the page is, and then every second one about the frames of that second; for a look
/// behind the scenes.
std::unique_ptr<QObject> frameReport(MainWindow& window) {
    if (!qEnvironmentVariableIsSet("NORMSCOPE_FRAME_METER")) {
        return nullptr;
    }
    afterFirstFrame(window, [] { std::fputs("{\"first_frame\":true}\n", stderr); });
    QObject::connect(&window, &MainWindow::pageShown, &window,
                     [] { std::fputs("{\"first_page\":true}\n", stderr); });
    auto meter = std::make_unique<FrameMeter>(window);
    auto* everySecond = new QTimer(meter.get());
    QObject::connect(everySecond, &QTimer::timeout, meter.get(), [meter = meter.get()] {
        std::fprintf(stderr, "%s\n", toJson(meter->figures()).constData());
        meter->start();
    });
    everySecond->start(std::chrono::seconds(1));
    meter->start();
    return meter;
}

}  // namespace

int runWindow(int argc, char* argv[]) {
    CommandLine line({}, "Opens the window.");
    line.addOption("data", "Folder with the four IDX files, gzipped or not.", "DIR");
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments << QString::fromLocal8Bit(argv[i]);
    }
    if (!line.parse(arguments)) {
        return 0;
    }
    requireDisplay();
    FontReading fonts;
    WindowApplication application(argc, argv);
    settleApplication();
    startLog();
    DesktopAppearance appearance(QApplication::palette());
    MainWindow::Environment environment = windowEnvironment();
    const SettingsStore store(SettingsStore::defaultFile(), environment.cores);
    if (const QString damage = store.moveDamagedAside(); !damage.isEmpty()) {
        qCWarning(windowLog).noquote() << damage;
    }
    const StoredState state = store.load(firstState());
    if (state.settings.theme == Settings::Theme::System) {
        appearance.waitForAnswer();
    }
    environment.desktopDark = appearance.isDark();
    fonts.wait();
    // Before there are widgets: each would have to measure its texts once more.
    applyTheme(state.settings.isDark(appearance.isDark()), state.settings.textScale);
    MainWindow window(environment, state);
    QObject::connect(&appearance, &DesktopAppearance::darkChanged, &window,
                     &MainWindow::setDesktopDark);
    const auto save = [&] {
        if (QString problem; !store.save(window.state(), &problem)) {
            qCCritical(windowLog).noquote() << problem;
        }
    };
    QObject::connect(&window, &MainWindow::aboutToClose, &window, save);
    QObject::connect(&window, &MainWindow::stateChanged, &window, save);
    const std::filesystem::path data = line.isSet("data") ? line.path("data") : state.training.data;
    QObject::connect(&window, &MainWindow::pageShown, &window, [&] {
        qCInfo(windowLog).noquote() << "opened:" << lateRoom().diagnostics();
        lateRoom().startWarm(window, data);
    });
    QObject::connect(&window, &MainWindow::stuckWhileClosing, &window,
                     [] { std::_Exit(EXIT_SUCCESS); });
    const std::unique_ptr<QObject> meter = frameReport(window);
    window.show();
    const int status = QApplication::exec();
    const bool finished = !window.hasContent() || window.content().finishTasks();
    qCInfo(windowLog) << "closed";
    if (!finished) {
        std::_Exit(status);
    }
    return status;
}

}  // namespace normscope
