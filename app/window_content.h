#pragma once

#include <filesystem>
#include <vector>

#include "app/page.h"
#include "core/training_config.h"

namespace normscope {

class AffinePage;
class ComparisonSession;
class FindingsPage;
class FindingsSession;
class MisclassifiedPage;
class NormalizePage;
class SampleSession;
class SheetSession;
class TrainPage;
class TrainingSession;
struct Settings;

/// What the frame of the window is filled with once it is on the screen: the pages, the sessions
/// that serve them, and what the menus do. Whatever is asked for here and not built yet is built.
class WindowContent {
  public:
    WindowContent() = default;
    WindowContent(const WindowContent&) = delete;
    WindowContent& operator=(const WindowContent&) = delete;
    virtual ~WindowContent() = default;

    /// Builds pages that nobody has asked for yet, and not many at once: whether there were any.
    virtual bool buildMore() = 0;

    /// This page is looked at from now on.
    virtual void turnTo(Page page) = 0;
    virtual void take(const Settings& settings) = 0;
    virtual void showPreferences() = 0;
    virtual void showShortcuts() = 0;

    /// Whether a page still waits for what it asked for.
    virtual bool isReading() const = 0;
    /// Whether nothing would be lost. Otherwise somebody is asked, and the window is closed again
    /// after the answer.
    virtual bool mayClose() = 0;
    /// The window is closed: waits for what is still read and written. Where a file does not
    /// answer, somebody is told; false if they would not wait any longer.
    virtual bool finishTasks() = 0;

    // What should come back at the next start.
    virtual TrainingConfig training() const = 0;
    virtual const std::vector<std::filesystem::path>& openedRuns() const = 0;

    virtual TrainingSession& session() = 0;
    virtual SampleSession& samples() = 0;
    virtual SheetSession& sheets() = 0;
    virtual ComparisonSession& comparison() = 0;
    virtual FindingsSession& findings() = 0;
    virtual TrainPage& trainPage() = 0;
    virtual NormalizePage& normalizePage() = 0;
    virtual AffinePage& affinePage() = 0;
    virtual MisclassifiedPage& misclassifiedPage() = 0;
    virtual FindingsPage& findingsPage() = 0;
};

}  // namespace normscope
