#include "app/cli/painting_application.h"

#include "app/window_environment.h"
#include "ui/theme.h"

namespace normscope {

std::unique_ptr<QApplication> makePaintingApplication() {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // What Qt has to say of a session and a display that are not there is of no use here.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    // Qt gets none of the arguments: it would take some of them for its own.
    static int none = 1;
    static char name[] = "normscope";
    static char* noArguments[] = {name, nullptr};
    auto application = std::make_unique<QApplication>(none, noArguments);
    settleApplication();
    QApplication::setFont(applicationFont(/*textScale=*/100));
    return application;
}

}  // namespace normscope
