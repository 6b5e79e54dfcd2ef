#include "ui/normalize/sheet_clipboard.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <optional>

#include "core/numbers.h"
#include "ui/widgets/number_reader.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(SheetClipboard)
};

/// As many characters for each number of the largest sheet as the longest takes.
constexpr qsizetype kLongestText =
    qsizetype{kLargestImages} * kLargestChannels * kLargestSide * kLargestSide * 32;

struct GridPlace {
    int row;
    int column;
};

GridPlace gridPlaceOf(const Shape4& shape, const CellIndex& cell) {
    return {cell.image * shape.height + cell.row, cell.channel * shape.width + cell.column};
}

CellIndex cellAt(const Shape4& shape, const GridPlace& place) {
    return {place.row / shape.height, place.column / shape.width, place.row % shape.height,
            place.column % shape.width};
}

/// Line ends of every system, none at the end and no byte order mark.
QString withPlainLines(QString text) {
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    text.replace(QLatin1Char('\r'), QLatin1Char('\n'));
    while (text.endsWith(QLatin1Char('\n'))) {
        text.chop(1);
    }
    if (text.startsWith(QChar::ByteOrderMark)) {
        text.remove(0, 1);
    }
    return text;
}

/// One after the other: a list of them could take many times the memory of the text.
auto linesOf(const QString& text) {
    return QStringView(text).tokenize(u'\n');
}

QChar separatorOf(const QString& text, const QLocale& locale) {
    const QChar comma(u',');
    for (const QChar separator : {QChar(u'\t'), QChar(u';')}) {
        if (text.contains(separator)) {
            return separator;
        }
    }
    const bool commaIsDecimal = locale.decimalPoint() == comma;
    if (!commaIsDecimal) {
        return comma;
    }
    for (const QStringView line : linesOf(text)) {
        if (line.count(comma) > 1) {
            return comma;
        }
    }
    return QChar(u'\t');
}

QString problemOfPiece(QStringView piece, const std::optional<double>& number,
                       const GridPlace& place) {
    constexpr qsizetype kShown = 24;
    const QString where = Texts::tr("Row %1, column %2").arg(place.row + 1).arg(place.column + 1);
    if (piece.isEmpty()) {
        return Texts::tr("%1 of the pasted block is empty.").arg(where);
    }
    const QString shown =
        piece.size() > kShown ? piece.first(kShown - 1).toString() + QChar(u'…') : piece.toString();
    if (!number) {
        return Texts::tr("%1 of the pasted block is not a number: “%2”.").arg(where, shown);
    }
    return Texts::tr("%1 of the pasted block is too large: “%2”.").arg(where, shown);
}

NumberBlock unsound(const QString& problem) {
    NumberBlock block;
    block.problem = problem;
    return block;
}

}  // namespace

NumberBlock readBlock(const QString& text, const QLocale& locale) {
    if (text.size() > kLongestText) {
        return unsound(Texts::tr("The text to paste is longer than any sheet."));
    }
    const QString plain = withPlainLines(text);
    if (plain.trimmed().isEmpty()) {
        return unsound(Texts::tr("There is no text to paste."));
    }
    const QChar separator = separatorOf(plain, locale);
    NumberReader reader(locale);
    NumberBlock block;
    for (const QStringView line : linesOf(plain)) {
        int columns = 0;
        for (const QStringView untrimmed : line.tokenize(separator)) {
            const QStringView piece = untrimmed.trimmed();
            const std::optional<double> number = reader.read(piece);
            if (!number || std::abs(*number) > kLargestNumber) {
                return unsound(problemOfPiece(piece, number, {block.rows, columns}));
            }
            block.values.push_back(*number);
            ++columns;
        }
        if (block.rows > 0 && columns != block.columns) {
            return unsound(
                Texts::tr("Row %1 of the pasted block has %2 columns, the rows above it have %3.")
                    .arg(block.rows + 1)
                    .arg(columns)
                    .arg(block.columns));
        }
        block.columns = columns;
        ++block.rows;
    }
    return block;
}

QString writeBlock(const Tensor4& tensor, const CellIndex& first, const CellIndex& last,
                   const QLocale& locale) {
    const std::string decimalPoint = locale.decimalPoint().toStdString();
    const GridPlace a = gridPlaceOf(tensor.shape, first);
    const GridPlace b = gridPlaceOf(tensor.shape, last);
    const auto [top, bottom] = std::minmax(a.row, b.row);
    const auto [left, right] = std::minmax(a.column, b.column);
    std::string text;
    for (int row = top; row <= bottom; ++row) {
        for (int column = left; column <= right; ++column) {
            std::string number = formatNumber(tensor.at(cellAt(tensor.shape, {row, column})));
            if (const std::size_t point = number.find('.'); point != std::string::npos) {
                number.replace(point, 1, decimalPoint);
            }
            text += number;
            text += column < right ? '\t' : '\n';
        }
    }
    text.pop_back();
    return QString::fromStdString(text);
}

QString problemOfPlace(const NumberBlock& block, const Shape4& shape, const CellIndex& first) {
    const GridPlace place = gridPlaceOf(shape, first);
    const int rowsLeft = shape.images * shape.height - place.row;
    const int columnsLeft = shape.channels * shape.width - place.column;
    if (block.rows <= rowsLeft && block.columns <= columnsLeft) {
        return {};
    }
    return Texts::tr(
               "The pasted block does not fit: it has %1 rows and %2 columns, and from this "
               "cell on there are %3 rows and %4 columns.")
        .arg(block.rows)
        .arg(block.columns)
        .arg(rowsLeft)
        .arg(columnsLeft);
}

void writeInto(Tensor4& tensor, const CellIndex& first, const NumberBlock& block) {
    const GridPlace place = gridPlaceOf(tensor.shape, first);
    auto value = block.values.begin();
    for (int row = 0; row < block.rows; ++row) {
        for (int column = 0; column < block.columns; ++column) {
            tensor.at(cellAt(tensor.shape, {place.row + row, place.column + column})) = *value++;
        }
    }
}

}  // namespace normscope
