#include "ui/train/number_field.h"

#include <QLocale>

#include "ui/train/model_texts.h"

namespace normscope {

NumberField::NumberField(QWidget* parent) : QLineEdit(parent) {}

std::optional<double> NumberField::number() const {
    return readNumber(text());
}

void NumberField::setNumber(double number) {
    setText(shortNumber(number));
}

QString NumberField::problem() const {
    if (number()) {
        return {};
    }
    return tr("“%1” is not a number; write it like %2 or 1e-4.")
        .arg(text().trimmed(), shortNumber(0.0001));
}

std::optional<double> readNumber(const QString& text) {
    const QString trimmed = text.trimmed();
    for (QLocale locale : {QLocale(), QLocale::c()}) {
        locale.setNumberOptions(QLocale::RejectGroupSeparator);
        bool ok = false;
        const double number = locale.toDouble(trimmed, &ok);
        if (ok) {
            return number;
        }
    }
    return std::nullopt;
}

}  // namespace normscope
