#pragma once

#include <QStringList>

namespace normscope {

// The subcommands. Each takes the arguments after its name and returns the exit status; what goes
// wrong is thrown: UsageError for status 2, any other std::exception for status 1.

/// Of the whole command line: the subcommand that it begins with, or --help.
int runCommand(int argc, char* argv[]);

int runTrain(const QStringList& arguments);
int runEvaluate(const QStringList& arguments);
int runNetwork(const QStringList& arguments);
int runBenchmarkCommand(const QStringList& arguments);
int runNormalize(const QStringList& arguments);
int runExperiment(const QStringList& arguments);
int runExport(const QStringList& arguments);
int runRender(const QStringList& arguments);

}  // namespace normscope
