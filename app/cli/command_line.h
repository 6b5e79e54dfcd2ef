#pragma once

#include <QCommandLineParser>
#include <QSize>
#include <QStringList>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

#include "core/training_config.h"

namespace normscope {

/// The command was used wrongly: exit status 2.
class UsageError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The options of one subcommand. Every getter throws UsageError naming the option when its value
/// does not make sense.
class CommandLine {
  public:
    /// `summary` is the first line of the subcommand's help.
    CommandLine(const QString& command, const QString& summary);

    void addOption(const QString& name, const QString& help, const QString& valueName = {},
                   const QString& defaultValue = {});

    /// Options of a comparison that `train` and other subcommands share.
    void addTrainingOptions();
    /// The comparison that they describe, validated.
    TrainingConfig trainingConfig() const;

    /// --norm and --groups: which network.
    void addNetworkOptions();
    NetworkSpec networkSpec() const;

    /// False when --help was asked for and printed: there is nothing left to do.
    [[nodiscard]] bool parse(const QStringList& arguments);

    bool isSet(const QString& option) const { return parser_.isSet(option); }
    std::string text(const QString& option) const;
    std::string required(const QString& option) const;
    std::filesystem::path path(const QString& option) const;
    int integer(const QString& option, int low, int high) const;
    double number(const QString& option) const;
    QSize size(const QString& option) const;

  private:
    std::vector<ModelConfig> models() const;

    QString command_;
    QCommandLineParser parser_;
};

/// --data, or else the set that comes with the program.
std::filesystem::path dataFolder(const CommandLine& line);

}  // namespace normscope
