#include "ui/findings/notes_field.h"

#include <QEvent>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <utility>

#include "ui/panel_text.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kPauseMilliseconds = 1000;
constexpr int kLines = 6;

}  // namespace

NotesField::NotesField(QWidget* parent)
    : QWidget(parent), heading_(makeHeading({})), field_(new QPlainTextEdit(this)) {
    field_->setAccessibleName(tr("Notes"));
    field_->setTabChangesFocus(true);
    field_->installEventFilter(this);
    heading_->setWordWrap(true);
    heading_->setBuddy(field_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(kSpacing);
    column->addWidget(heading_);
    column->addWidget(field_, 1);
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMilliseconds);
    connect(&pause_, &QTimer::timeout, this, &NotesField::tell);
    connect(field_, &QPlainTextEdit::textChanged, this, [this] {
        typed_[folder_] = text();
        untold_ = true;
        pause_.start();
    });
    setNoRun({});
}

void NotesField::setRun(const std::filesystem::path& folder, const QString& name,
                        const QString& notes) {
    turnTo(folder);
    heading_->setText(tr("Your own findings, kept with the run “%1”").arg(name));
    field_->setEnabled(true);
    field_->setPlaceholderText(tr("What do you see? What do you conclude?"));
    const auto typed = typed_.find(folder);
    showText(typed == typed_.end() ? notes : typed->second);
}

void NotesField::setNoRun(const QString& why) {
    turnTo({});
    heading_->setText(tr("Your own findings"));
    field_->setEnabled(false);
    field_->setPlaceholderText(why);
    showText({});
}

void NotesField::turnTo(const std::filesystem::path& folder) {
    if (folder != folder_) {
        tell();
        folder_ = folder;
    }
}

QString NotesField::text() const {
    return field_->toPlainText();
}

QSize NotesField::sizeHint() const {
    const int line = fontMetrics().lineSpacing();
    return {20 * line, (kLines + 2) * line};
}

void NotesField::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    tell();
}

bool NotesField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) {
        tell();
    }
    return QWidget::eventFilter(watched, event);
}

/// The same text again would move the cursor and forget what can be undone.
void NotesField::showText(const QString& text) {
    if (text != field_->toPlainText()) {
        const QSignalBlocker blocker(field_);
        field_->setPlainText(text);
    }
}

void NotesField::tell() {
    pause_.stop();
    if (std::exchange(untold_, false)) {
        emit edited(folder_, text());
    }
}

}  // namespace normscope
