#pragma once

#include <QAccessible>
#include <QStringList>
#include <QWidget>

namespace normscope::testing {

/// What screen readers call the widgets that Tab stops at, from the first below `window` on.
/// Hidden ones are among them.
inline QStringList tabStopsOf(const QWidget& window) {
    QStringList names;
    for (QWidget* widget = window.nextInFocusChain(); widget != &window;
         widget = widget->nextInFocusChain()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus) {
            names << QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name);
        }
    }
    return names;
}

/// Whether these come in this order, whatever lies between them.
inline bool comeInOrder(const QStringList& stops, const QStringList& names) {
    qsizetype place = -1;
    for (const QString& name : names) {
        place = stops.indexOf(name, place + 1);
        if (place < 0) {
            return false;
        }
    }
    return true;
}

}  // namespace normscope::testing
