#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <exception>
#include <string_view>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/window_application.h"
#include "core/versions.h"

namespace {

using normscope::UsageError;

struct Subcommand {
    std::string_view name;
    std::string_view summary;
    int (*run)(const QStringList& arguments);
    bool paints;  ///< makes the application itself, since painting takes more of one
};

constexpr std::array kSubcommands{
    Subcommand{"train", "train networks and write a run folder", &normscope::runTrain, false},
    Subcommand{"evaluate", "count what a trained network misreads", &normscope::runEvaluate, false},
    Subcommand{"network", "print the layers of the network", &normscope::runNetwork, false},
    Subcommand{"benchmark", "measure the speed of training", &normscope::runBenchmarkCommand,
               false},
    Subcommand{"experiment", "train over several seeds or batch sizes", &normscope::runExperiment,
               false},
    Subcommand{"normalize", "work out every number of a normalization", &normscope::runNormalize,
               true},
    Subcommand{"export", "write charts, galleries and a report of a run", &normscope::runExport,
               true},
    Subcommand{"render", "draw a page into a picture", &normscope::runRender, true},
};

void printHelp() {
    std::puts(
        "Usage: normscope [--data DIR]            opens the window\n"
        "       normscope COMMAND [options]       works without a display\n"
        "\n"
        "Shows what batch, layer and group normalization do.\n"
        "\n"
        "Commands (each has a --help of its own):");
    for (const Subcommand& command : kSubcommands) {
        std::printf("  %-11.*s %.*s\n", static_cast<int>(command.name.size()), command.name.data(),
                    static_cast<int>(command.summary.size()), command.summary.data());
    }
    std::puts(
        "\n"
        "Options:\n"
        "  --data DIR   folder with the four IDX files, gzipped or not\n"
        "  -h, --help   shows this help\n"
        "  --version    shows the version");
}

int runSubcommand(const Subcommand& command, int argc, char* argv[]) {
    QStringList arguments;
    for (int i = 2; i < argc; ++i) {
        arguments << QString::fromLocal8Bit(argv[i]);
    }
    if (command.paints) {
        return command.run(arguments);
    }
    // Qt gets none of the arguments: it would take some of them for its own.
    int none = 1;
    QCoreApplication application(none, argv);
    // Numbers in files and on standard output have a decimal point in every locale.
    std::setlocale(LC_NUMERIC, "C");
    return command.run(arguments);
}

int run(int argc, char* argv[]) {
    const std::string_view first = argc > 1 ? argv[1] : "";
    if (first == "--help" || first == "-h") {
        printHelp();
        return 0;
    }
    if (first == "--version") {
        std::printf("normscope %s\n", normscope::programVersion().c_str());
        return 0;
    }
    const auto command = std::ranges::find(kSubcommands, first, &Subcommand::name);
    if (command != kSubcommands.end()) {
        return runSubcommand(*command, argc, argv);
    }
    if (!first.empty() && !first.starts_with('-')) {
        throw UsageError("There is no command \"" + std::string(first) + "\"; see --help.");
    }
    return normscope::runWindow(argc, argv);
}

}  // namespace

int main(int argc, char* argv[]) {
    try {
        return run(argc, argv);
    } catch (const UsageError& error) {
        std::fprintf(stderr, "normscope: %s\n", error.what());
        return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "normscope: %s\n", error.what());
        return 1;
    }
}
