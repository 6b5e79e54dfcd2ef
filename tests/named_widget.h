#pragma once

#include <QString>
#include <QWidget>

namespace normscope::testing {

/// The control below `parent` that screen readers call `name`; null if there is none.
template <class Widget>
Widget* namedWidget(const QWidget& parent, const QString& name) {
    for (Widget* widget : parent.findChildren<Widget*>()) {
        if (widget->accessibleName() == name) {
            return widget;
        }
    }
    return nullptr;
}

}  // namespace normscope::testing
