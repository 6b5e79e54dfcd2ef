#pragma once

#include <QTimer>
#include <QWidget>
#include <filesystem>
#include <map>

class QLabel;
class QPlainTextEdit;

namespace normscope {

/// The reader's own findings about a run. What is typed is told when the typing pauses, when the
/// field is left and when it is hidden.
class NotesField : public QWidget {
    Q_OBJECT

  public:
    explicit NotesField(QWidget* parent = nullptr);

    /// Whose notes these are. May come again and again, with notes older than what is typed: what
    /// was typed here stays.
    void setRun(const std::filesystem::path& folder, const QString& name, const QString& notes);
    /// There is nowhere to keep notes, for this reason.
    void setNoRun(const QString& why);

    QString text() const;
    QSize sizeHint() const override;

  signals:
    void edited(const std::filesystem::path& run, const QString& notes);

  protected:
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void turnTo(const std::filesystem::path& folder);
    void showText(const QString& text);
    /// Tells what has not been told yet.
    void tell();

    std::filesystem::path folder_;
    std::map<std::filesystem::path, QString> typed_;  ///< newer than what a run came with
    QLabel* heading_;
    QPlainTextEdit* field_;
    QTimer pause_;
    bool untold_ = false;
};

}  // namespace normscope
