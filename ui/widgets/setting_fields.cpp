#include "ui/widgets/setting_fields.h"

#include <QFormLayout>
#include <QSpinBox>

#include "ui/theme.h"
#include "ui/widgets/named_combo_box.h"

namespace normscope {
namespace {

constexpr int kLeastCharacters = 8;  ///< of a choice

}  // namespace

QSpinBox* makeCountField(int lowest, int highest, QWidget* parent) {
    auto* box = new QSpinBox(parent);
    box->setRange(lowest, highest);
    box->setAlignment(Qt::AlignRight);
    box->setKeyboardTracking(false);
    return box;
}

QComboBox* makeChoiceField(QWidget* parent) {
    auto* box = new NamedComboBox(parent);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(kLeastCharacters);
    return box;
}

QFormLayout* makeSettingsForm() {
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(kSpacing);
    form->setVerticalSpacing(kSpacing);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

void describeField(QWidget* field, const QString& name, const QString& toolTip) {
    field->setAccessibleName(name);
    field->setToolTip(toolTip);
}

}  // namespace normscope
