// Run by tests/app/kill_moments_test.py, which kills it: as a window does, renames the run in
// FOLDER/a to b and back and takes notes of it, without end.
//   rename_forever FOLDER

#include <QCoreApplication>
#include <filesystem>

#include "app/run_library.h"

using namespace normscope;

int main(int argc, char* argv[]) {
    QCoreApplication application(argc, argv);
    const std::filesystem::path kept = argc > 1 ? argv[1] : ".";
    RunLibrary library({.kept = kept, .bundled = {}});
    QObject::connect(&library, &RunLibrary::renamed, &library,
                     [&](const std::filesystem::path& /*from*/, const std::filesystem::path& to) {
                         library.writeNotes(to, QStringLiteral("Now in %1.").arg(to.c_str()));
                         library.rename(to, to.filename() == "a" ? "b" : "a");
                     });
    QObject::connect(&library, &RunLibrary::failed, &application,
                     [] { QCoreApplication::exit(EXIT_FAILURE); });
    const bool isA = std::filesystem::exists(kept / "a");
    library.rename(kept / (isA ? "a" : "b"), isA ? "b" : "a");
    return QCoreApplication::exec();
}
