#pragma once

#include <QLocale>
#include <QString>
#include <optional>
#include <string>

namespace normscope {

/// Reads numbers as people and programs write them: 0,05 where the locale has it, 0.05, 5e-2, with
/// a hyphen or a typographic minus; no group separators. A sheet can hold close to a million, and
/// QLocale takes more than a microsecond for each: it is asked only where the digits are not those
/// of C.
class NumberReader {
  public:
    explicit NumberReader(const QLocale& locale = {});

    /// Infinite where the number is larger than any that can be held; empty where there is none.
    std::optional<double> read(QStringView text);

  private:
    QLocale locale_;
    QString decimalPoint_;
    std::string plain_;
};

}  // namespace normscope
