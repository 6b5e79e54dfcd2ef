#pragma once

#include <QDateTime>
#include <QString>
#include <filesystem>

namespace normscope {

/// What people call the run in this folder: when it began, or the name that it was given.
QString nameOfRun(const std::filesystem::path& folder);

/// When the run began, as the name of its folder tells; invalid where it tells something else.
QDateTime beginOfRun(const std::filesystem::path& folder);

/// The name of a folder for a run that people call so, as nameOfRun() reads it.
std::filesystem::path folderNameOf(const QString& name);

/// Why a run cannot be called so, as a sentence; empty if it can.
QString problemOfName(const QString& name);

}  // namespace normscope
