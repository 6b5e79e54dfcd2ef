#include "ui/widgets/settings_column.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QScrollBar>
#include <QSlider>
#include <algorithm>

namespace normscope {

SettingsColumn::SettingsColumn(int characters, QWidget* parent)
    : QScrollArea(parent), characters_(characters) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setFocusPolicy(Qt::NoFocus);
    setWidget(new QWidget);
}

QSize SettingsColumn::sizeHint() const {
    return {minimumSizeHint().width(), widget()->sizeHint().height()};
}

QSize SettingsColumn::minimumSizeHint() const {
    const int width = std::max(widget()->minimumSizeHint().width(),
                               characters_ * widget()->fontMetrics().averageCharWidth());
    return {width + verticalScrollBar()->sizeHint().width(), 0};
}

void SettingsColumn::keepFromTheWheel(QWidget* field) {
    field->setFocusPolicy(Qt::StrongFocus);
    field->installEventFilter(this);
    fields_.insert(field);
}

void SettingsColumn::keepFieldsFromTheWheel() {
    for (auto* field : widget()->findChildren<QWidget*>()) {
        const bool turns = qobject_cast<QAbstractSpinBox*>(field) != nullptr ||
                           qobject_cast<QComboBox*>(field) != nullptr ||
                           qobject_cast<QSlider*>(field) != nullptr;
        if (turns) {
            keepFromTheWheel(field);
        }
    }
}

bool SettingsColumn::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest) {
        updateGeometry();
    }
    if (event->type() == QEvent::Wheel && fields_.contains(watched) &&
        !static_cast<const QWidget*>(watched)->hasFocus()) {
        event->ignore();  // so that it scrolls the column
        return true;
    }
    return QScrollArea::eventFilter(watched, event);
}

}  // namespace normscope
