#include "ui/panel_text.h"

namespace normscope {

QLabel* makeHeading(const QString& text) {
    auto* label = new QLabel(text);
    QFont weight;  // nothing but the weight is set, so family and size stay the program's
    weight.setWeight(QFont::DemiBold);
    label->setFont(weight);
    return label;
}

QLabel* makeParagraph(const QString& text) {
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::LinksAccessibleByMouse);
    label->setOpenExternalLinks(true);
    return label;
}

QLabel* makeRemark(const QString& text) {
    auto* label = makeParagraph(text);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace normscope
