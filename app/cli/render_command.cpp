#include <QBuffer>
#include <QCoreApplication>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>
#include <chrono>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/painting_application.h"
#include "app/sample_session.h"
#include "app/window_environment.h"
#include "core/runs.h"
#include "ui/affine/affine_page.h"
#include "ui/normalize/normalize_page.h"
#include "ui/save_file.h"

namespace normscope {
namespace {

constexpr int kReadMilliseconds = 500;
constexpr auto kTurn = std::chrono::milliseconds(10);
constexpr int kTurns = 50;

/// Charts and cards paint, and panels find their sizes, with their next frames: turns of the event
/// loop are counted, since on a busy machine half a second may be none.
void letItPaint() {
    QEventLoop loop;
    QTimer timer;
    int left = kTurns;
    QObject::connect(&timer, &QTimer::timeout, &loop, [&] {
        if (--left == 0) {
            loop.quit();
        }
    });
    timer.start(kTurn);
    loop.exec();
}

/// Until the page has the numbers that it asked for. Throws where it cannot have them.
void letItRead(MainWindow& window) {
    QString problem;
    const auto connection =
        QObject::connect(&window.samples(), &SampleSession::failed,
                         [&problem](const QString& sentence) { problem = sentence; });
    while (window.isReading()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, kReadMilliseconds);
    }
    QObject::disconnect(connection);
    if (!problem.isEmpty()) {
        throw std::runtime_error(problem.toStdString());
    }
}

/// What enters the first norm layer of the first model, on the pages that show such numbers.
void showRun(MainWindow& window, const std::filesystem::path& named) {
    const std::filesystem::path folder = window.session().library().open(named);
    window.session().showRun(std::make_shared<const Run>(readRun(folder)));
    letItRead(window);  // which runs there are
    SampleRequest request;
    request.kind = SampleRequest::Kind::Activations;
    request.run = QString::fromStdString(folder.string());
    if (window.page() == Page::Normalize) {
        window.normalizePage().choose(request);
    } else if (window.page() == Page::Affine) {
        window.affinePage().choose(request);
    }
}

QByteArray pngOf(const QPixmap& picture) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly) || !picture.save(&buffer, "PNG")) {
        throw std::runtime_error("There is not enough memory for the picture.");
    }
    return bytes;
}

QString namesOfPages() {
    QStringList names;
    for (const Page page : kPages) {
        const std::string name(nameOf(page));
        names << QString::fromStdString(name);
    }
    return names.join(QStringLiteral(", "));
}

}  // namespace

int runRender(const QStringList& arguments) {
    const auto application = makePaintingApplication();
    CommandLine line("render", "Draws a page of the window into a picture.");
    line.addOption("page", "Which page: " + namesOfPages() + ".", "NAME");
    line.addOption("run", "Folder of the run to show. Default: none, as at the first start.",
                   "DIR");
    line.addOption("size", "Width and height in pixels.", "WxH", "1600x1000");
    line.addOption("out", "The picture.", "FILE.png");
    if (!line.parse(arguments)) {
        return 0;
    }
    const auto page = pageNamed(line.required("page"));
    if (!page) {
        throw UsageError("--page: there is no page \"" + line.text("page") + "\"; choose one of " +
                         namesOfPages().toStdString() + ".");
    }
    const QString out = QString::fromStdString(line.path("out").string());
    if (!out.endsWith(".png", Qt::CaseInsensitive)) {
        throw UsageError("--out: " + out.toStdString() + " does not end in .png.");
    }
    const QSize size = line.size("size");

    MainWindow window(windowEnvironment(), firstState());
    window.resize(size);
    window.showPage(*page);
    window.show();
    if (line.isSet("run")) {
        showRun(window, line.path("run"));
    }
    // What is painted for the first time may ask for more.
    do {
        letItRead(window);
        letItPaint();
    } while (window.isReading());
    if (const auto problem = saveFile(out, pngOf(window.grab()))) {
        throw std::runtime_error(problem->toStdString());
    }
    return 0;
}

}  // namespace normscope
