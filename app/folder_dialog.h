#pragma once

#include <QString>
#include <filesystem>
#include <functional>

class QObject;
class QWidget;

namespace normscope {

/// Asks for a folder, beginning in `start`, over the window of `parent`, and does not wait. `take`
/// is told which, as long as `context` lives; nobody is if the question is called off.
void askForFolder(QWidget& parent, const QString& title, const std::filesystem::path& start,
                  const QObject* context,
                  std::function<void(const std::filesystem::path& folder)> take);

}  // namespace normscope
