#include "ui/reading_order.h"

#include <QWidget>
#include <vector>

namespace normscope {

void setReadingOrder(std::initializer_list<QWidget*> parts) {
    std::vector<QWidget*> stops;
    for (QWidget* const part : parts) {
        QWidget* widget = part;
        do {
            const bool inside = widget == part || part->isAncestorOf(widget);
            if (inside && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus) {
                stops.push_back(widget);
            }
            widget = widget->nextInFocusChain();
        } while (widget != part);
    }
    for (std::size_t i = 1; i < stops.size(); ++i) {
        QWidget::setTabOrder(stops[i - 1], stops[i]);
    }
}

}  // namespace normscope
