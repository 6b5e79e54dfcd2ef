#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <clocale>
#include <cstdio>
#include <string_view>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"

namespace normscope {
namespace {

struct Subcommand {
    std::string_view name;
    std::string_view summary;
    int (*run)(const QStringList& arguments);
    bool paints;  ///< makes the application itself, since painting takes more of one
};

constexpr std::array kSubcommands{
    Subcommand{"train", "train networks and write a run folder", &runTrain, false},
    Subcommand{"evaluate", "count what a trained network misreads", &runEvaluate, false},
    Subcommand{"network", "print the layers of the network", &runNetwork, false},
    Subcommand{"benchmark", "measure the speed of training", &runBenchmarkCommand, false},
    Subcommand{"experiment", "train over several seeds or batch sizes", &runExperiment, false},
    Subcommand{"normalize", "work out every number of a normalization", &runNormalize, true},
    Subcommand{"export", "write charts, galleries and a report of a run", &runExport, true},
    Subcommand{"render", "draw a page into a picture", &runRender, true},
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

}  // namespace

int runCommand(int argc, char* argv[]) {
    const std::string_view first = argv[1];
    if (first == "--help" || first == "-h") {
        printHelp();
        return 0;
    }
    const auto command = std::ranges::find(kSubcommands, first, &Subcommand::name);
    if (command == kSubcommands.end()) {
        throw UsageError("There is no command \"" + std::string(first) + "\"; see --help.");
    }
    return runSubcommand(*command, argc, argv);
}

}  // namespace normscope
