#pragma once

#include <QString>

class QComboBox;
class QFormLayout;
class QSpinBox;
class QWidget;

namespace normscope {

// The fields of a column of settings, made alike on every page.

/// A whole number, told once it is typed.
QSpinBox* makeCountField(int lowest, int highest, QWidget* parent);

/// One of several, as narrow as the column needs it.
QComboBox* makeChoiceField(QWidget* parent);

/// Labels on the left, fields as wide as the column.
QFormLayout* makeSettingsForm();

/// What screen readers call it, and what it does.
void describeField(QWidget* field, const QString& name, const QString& toolTip);

}  // namespace normscope
