#include "ui/widgets/number_field.h"

#include <QLocale>
#include <cmath>

#include "ui/widgets/number_reader.h"

namespace normscope {
namespace {

/// "0.0001" says more to most readers than "1e-04" does.
constexpr double kLeastWrittenOut = 1e-6;

}  // namespace

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
    const std::optional<double> number = NumberReader().read(QStringView(text).trimmed());
    return number && std::isfinite(*number) ? number : std::nullopt;
}

QString shortNumber(double number) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const char format = number == 0.0 || std::abs(number) >= kLeastWrittenOut ? 'f' : 'g';
    return locale.toString(number, format, QLocale::FloatingPointShortest);
}

}  // namespace normscope
