#include "ui/widgets/message_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace normscope {

MessageStrip::MessageStrip(QWidget* parent) : QFrame(parent), text_(new QLabel(this)) {
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

    constexpr int spacing = 8;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(2 * spacing, spacing, spacing, spacing);
    row->setSpacing(spacing);
    row->addWidget(text_, 1);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void MessageStrip::setMessage(const QString& sentence) {
    text_->setText(sentence);
    setAccessibleDescription(sentence);
    setVisible(!sentence.isEmpty());
}

}  // namespace normscope
