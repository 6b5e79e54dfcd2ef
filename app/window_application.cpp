#include "app/window_application.h"

#include <QApplication>
#include <QTimer>

#include "app/cli/command_line.h"
#include "app/desktop_appearance.h"
#include "app/main_window.h"
#include "app/window_environment.h"

namespace normscope {

int runWindow(int argc, char* argv[]) {
    QApplication application(argc, argv);
    settleApplication();
    CommandLine line({}, "Opens the window.");
    line.addOption("data", "Folder with the four IDX files, gzipped or not.", "DIR");
    if (!line.parse(QCoreApplication::arguments().mid(1))) {
        return 0;
    }
    DesktopAppearance appearance(application.palette());
    const MainWindow::Environment environment = windowEnvironment();
    const SettingsStore store(SettingsStore::defaultFile(), environment.cores);
    MainWindow window(environment, store.load(firstState()));
    window.setDesktopDark(appearance.isDark());
    QObject::connect(&appearance, &DesktopAppearance::darkChanged, &window,
                     &MainWindow::setDesktopDark);
    QObject::connect(&window, &MainWindow::aboutToClose, &window,
                     [&] { store.save(window.state()); });
    window.show();
    // The images are read once the window stands, while the user looks at it.
    QTimer::singleShot(0, &window, [&] {
        window.session().setData(line.isSet("data") ? line.path("data") : std::filesystem::path());
    });
    return QApplication::exec();
}

}  // namespace normscope
