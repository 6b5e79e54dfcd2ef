#include "ui/widgets/message_strip.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <utility>

#include "ui/theme.h"
#include "ui/widgets/flow_layout.h"

namespace normscope {
namespace {

constexpr int kDetailLines = 8;

}  // namespace

MessageStrip::MessageStrip(QWidget* parent)
    : QFrame(parent),
      row_(new QHBoxLayout),
      text_(new QLabel(this)),
      details_(new QPlainTextEdit(this)),
      buttons_(new QWidget(this)) {
    setFrameShape(QFrame::StyledPanel);
    setProperty("card", true);
    setAccessibleName(tr("Message"));
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text_->setMinimumWidth(1);  // selectable text that wraps asks for the width of its whole line
    auto* close = new QToolButton(this);
    close->setText(QStringLiteral("✕"));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::StrongFocus);
    close->setAccessibleName(tr("Close message"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    details_->setReadOnly(true);
    details_->setTabChangesFocus(true);
    details_->setAccessibleName(tr("Details of the message"));
    auto* flow = new FlowLayout(FlowLayout::Spare::AtTheEnd, buttons_);
    flow->setContentsMargins({});
    flow->setSpacing(kSpacing);

    row_->setSpacing(kSpacing);
    row_->addWidget(text_, 1);
    row_->addWidget(buttons_);
    auto* row = new QHBoxLayout;
    row->setSpacing(kSpacing);
    row->addLayout(row_, 1);
    row->addWidget(close, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2 * kSpacing, kSpacing, kSpacing, kSpacing);
    column->setSpacing(kSpacing);
    column->addLayout(row);
    column->addWidget(details_);
    fitToFont();
    hide();
}

void MessageStrip::setMessage(const QString& sentence) {
    display({.text = sentence});
}

void MessageStrip::display(const Message& message) {
    text_->setText(message.text);
    setAccessibleDescription(message.text);
    details_->setPlainText(message.details);
    details_->hide();
    fillButtons(message);
    setVisible(!message.text.isEmpty());
}

void MessageStrip::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        fitToFont();
    }
}

QPushButton* MessageStrip::addButton(const QString& text) {
    auto* button = new QPushButton(text, buttons_);
    button->setAccessibleName(QString(text).remove(QStringLiteral("...")));
    buttons_->layout()->addWidget(button);
    button->show();  // the layout would do so in the next turn of the event loop only
    all_.push_back(button);
    return button;
}

void MessageStrip::fillButtons(const Message& message) {
    // One of them may be asking for this very message.
    for (QPushButton* button : std::exchange(all_, {})) {
        button->hide();
        button->deleteLater();
    }
    for (const MessageAction& action : message.actions) {
        connect(addButton(action.text), &QPushButton::clicked, this, action.run);
    }
    if (!message.details.isEmpty()) {
        QPushButton* details = addButton(tr("Details"));
        details->setCheckable(true);
        connect(details, &QPushButton::toggled, details_, &QWidget::setVisible);
        QPushButton* copy = addButton(tr("Copy"));
        copy->setToolTip(tr("Copies the message with its details."));
        connect(copy, &QPushButton::clicked, this, [text = message.text + '\n' + message.details] {
            QGuiApplication::clipboard()->setText(text);
        });
    }
    buttons_->setVisible(!all_.empty());
    arrangeButtons();
}

/// Beside the text where they leave it more than half of the line: what is below the strip keeps
/// its room.
void MessageStrip::arrangeButtons() {
    const int wanted = buttons_->layout()->sizeHint().width();
    const bool beside = 2 * wanted < width();
    row_->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    buttons_->setMinimumWidth(beside ? wanted : 0);
}

void MessageStrip::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    arrangeButtons();
}

void MessageStrip::fitToFont() {
    details_->setFixedHeight(kDetailLines * fontMetrics().lineSpacing());
    arrangeButtons();
}

}  // namespace normscope
