#include "ui/widgets/number_reader.h"

#include <cmath>

#include "core/numbers.h"

namespace normscope {
namespace {

constexpr QChar kMinus(0x2212);

}  // namespace

NumberReader::NumberReader(const QLocale& locale)
    : locale_(locale), decimalPoint_(locale_.decimalPoint()) {
    locale_.setNumberOptions(QLocale::RejectGroupSeparator);
}

std::optional<double> NumberReader::read(QStringView text) {
    plain_.clear();
    for (const QChar character : text) {
        plain_ += character == decimalPoint_.front() ? '.'
                  : character == kMinus              ? '-'
                                                     : character.toLatin1();
    }
    if (const auto number = parseNumber(plain_)) {
        return std::isfinite(*number) ? number : std::nullopt;
    }
    // A sign of several characters, as in Arabic, is not read back by QLocale.
    const QString sign = locale_.negativeSign();
    const bool negative = sign.size() > 1 && text.startsWith(sign);
    const QStringView digits = negative ? text.sliced(sign.size()) : text;
    bool ok = false;
    const double number = locale_.toDouble(digits, &ok);
    const bool tooLarge = !ok && std::isinf(number);
    if (!tooLarge && !(ok && std::isfinite(number))) {
        return std::nullopt;
    }
    return negative ? -number : number;
}

}  // namespace normscope
