#include "ui/normalize/sheet_clipboard.h"

#include <QTest>
#include <algorithm>
#include <limits>

#include "core/sample_tensors.h"

namespace normscope {
namespace {

const QLocale kC = QLocale::c();
const QLocale kAmerican(QLocale::English, QLocale::UnitedStates);
const QLocale kGerman(QLocale::German, QLocale::Germany);
const QLocale kSwedish(QLocale::Swedish, QLocale::Sweden);
const QLocale kEgyptian(QLocale::Arabic, QLocale::Egypt);

/// "2 x 3: 1 2 3 4 5 6", or what is wrong.
QString summary(const NumberBlock& block) {
    if (!block.problem.isEmpty()) {
        return block.problem;
    }
    QString text = QStringLiteral("%1 x %2:").arg(block.rows).arg(block.columns);
    for (const double value : block.values) {
        text += ' ' + QString::number(value, 'g', 17);
    }
    return text;
}

}  // namespace

class SheetClipboardTest : public QObject {
    Q_OBJECT

  private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void readsDigitsOfOtherScripts();
    void writesTheGridOfTheSheet();
    void roundTrips_data();
    void roundTrips();
    void saysWhatDoesNotFit();
    void writesAcrossBlocks();
};

void SheetClipboardTest::reads_data() {
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const QLocale& locale, const char* text,
                        const char* expected) {
        QTest::newRow(name) << locale << QString::fromUtf8(text) << QString::fromUtf8(expected);
    };
    row("one number", kC, "5", "1 x 1: 5");
    row("Excel", kAmerican, "1\t2.5\r\n-3\t4e-1\r\n", "2 x 2: 1 2.5 -3 0.40000000000000002");
    row("Excel in German", kGerman, "1\t2,5\r\n-3\t4E-1\r\n",
        "2 x 2: 1 2.5 -3 0.40000000000000002");
    row("old Mac line ends", kC, "1\r2\r3", "3 x 1: 1 2 3");
    row("comma", kC, "1,2\n3,4\n", "2 x 2: 1 2 3 4");
    row("comma and spaces", kC, " 1, 2\n 3 ,4 \n\n", "2 x 2: 1 2 3 4");
    row("semicolon", kAmerican, "1.5;2\n3;4", "2 x 2: 1.5 2 3 4");
    row("semicolon in German", kGerman, "1,5;2\n3;-4,25", "2 x 2: 1.5 2 3 -4.25");
    row("a column in German", kGerman, "1,5\n2,5", "2 x 1: 1.5 2.5");
    row("programs' CSV in German", kGerman, "0.5,1.5,2\n3,4,5", "2 x 3: 0.5 1.5 2 3 4 5");
    row("programs' points in German", kGerman, "0.5\t1.25", "1 x 2: 0.5 1.25");
    row("typographic minus", kGerman, "\u22121,5\t\u22122", "1 x 2: -1.5 -2");
    row("Swedish minus", kSwedish, "\u22121,5\t-2", "1 x 2: -1.5 -2");
    row("plus", kC, "+1\t+2.5", "1 x 2: 1 2.5");
    row("byte order mark", kC, "\ufeff1\t2", "1 x 2: 1 2");
    row("no-break space", kC, "\u00a01\t2\u00a0", "1 x 2: 1 2");
}

void SheetClipboardTest::reads() {
    QFETCH(QLocale, locale);
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(summary(readBlock(text, locale)), expected);
}

void SheetClipboardTest::refuses_data() {
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    const auto row = [](const char* name, const QLocale& locale, const char* text,
                        const char* problem) {
        QTest::newRow(name) << locale << QString::fromUtf8(text) << QString::fromUtf8(problem);
    };
    row("nothing", kC, "", "There is no text to paste.");
    row("blank", kC, " \r\n\r\n", "There is no text to paste.");
    row("text", kC, "1\t2\n3\tabc", "Row 2, column 2 of the pasted block is not a number: “abc”.");
    row("the first of several", kC, "1\tx\ny\tz",
        "Row 1, column 2 of the pasted block is not a number: “x”.");
    row("long text", kC, "a very long text that is no number at all",
        "Row 1, column 1 of the pasted block is not a number: “a very long text that i…”.");
    row("empty", kC, "1\t\t3", "Row 1, column 2 of the pasted block is empty.");
    row("blank line", kC, "1\n\n3", "Row 2, column 1 of the pasted block is empty.");
    row("ragged", kC, "1\t2\n3",
        "Row 2 of the pasted block has 1 columns, the rows above it have 2.");
    row("nan", kC, "nan", "Row 1, column 1 of the pasted block is not a number: “nan”.");
    row("infinity", kC, "1,-inf", "Row 1, column 2 of the pasted block is not a number: “-inf”.");
    row("too large", kC, "1e151", "Row 1, column 1 of the pasted block is too large: “1e151”.");
    row("far too large", kC, "-1e999",
        "Row 1, column 1 of the pasted block is too large: “-1e999”.");
    row("thousands", kAmerican, "1,234.5\t2",
        "Row 1, column 1 of the pasted block is not a number: “1,234.5”.");
    row("German thousands", kGerman, "1.234,5\t2",
        "Row 1, column 1 of the pasted block is not a number: “1.234,5”.");
    row("decimal comma elsewhere", kAmerican, "1,5\t2",
        "Row 1, column 1 of the pasted block is not a number: “1,5”.");
    row("two signs", kC, "--5", "Row 1, column 1 of the pasted block is not a number: “--5”.");
    QTest::newRow("longer than any sheet")
        << kC << QString(40'000'000, QLatin1Char('\t'))
        << QStringLiteral("The text to paste is longer than any sheet.");
    row("hexadecimal", kC, "0x10", "Row 1, column 1 of the pasted block is not a number: “0x10”.");
}

void SheetClipboardTest::refuses() {
    QFETCH(QLocale, locale);
    QFETCH(QString, text);
    QFETCH(QString, problem);
    const NumberBlock block = readBlock(text, locale);
    QCOMPARE(block.problem, problem);
    QVERIFY(block.values.empty());
}

void SheetClipboardTest::readsDigitsOfOtherScripts() {
    const QString text = kEgyptian.toString(1.5) + '\t' + kEgyptian.toString(-27);
    QCOMPARE(summary(readBlock(text, kEgyptian)), "1 x 2: 1.5 -27");
}

void SheetClipboardTest::writesTheGridOfTheSheet() {
    // Two images, two channels, one row of two: the channels stand beside each other.
    const Tensor4 tensor{{2, 2, 1, 2}, {1, 2, 3.5, 4, -5, 6, 7, 0.001}};
    QCOMPARE(writeBlock(tensor, {0, 0, 0, 0}, {1, 1, 0, 1}, kC), "1\t2\t3.5\t4\n-5\t6\t7\t0.001");
    QCOMPARE(writeBlock(tensor, {0, 0, 0, 1}, {1, 1, 0, 0}, kGerman), "2\t3,5\n6\t7");
    QCOMPARE(writeBlock(tensor, {1, 1, 0, 0}, {0, 0, 0, 1}, kGerman), "2\t3,5\n6\t7");
    QCOMPARE(writeBlock(tensor, {0, 1, 0, 0}, {1, 0, 0, 1}, kGerman), "2\t3,5\n6\t7");
    QCOMPARE(writeBlock(tensor, {1, 1, 0, 1}, {1, 1, 0, 1}, kGerman), "0,001");
}

void SheetClipboardTest::roundTrips_data() {
    QTest::addColumn<QLocale>("locale");
    QTest::newRow("C") << kC;
    QTest::newRow("American") << kAmerican;
    QTest::newRow("German") << kGerman;
    QTest::newRow("Swedish") << kSwedish;
    QTest::newRow("Egyptian") << kEgyptian;
}

void SheetClipboardTest::roundTrips() {
    QFETCH(QLocale, locale);
    Tensor4 tensor = smallIntegers({2, 3, 4, 5}, 11);
    double scale = 1e-9;
    for (double& value : tensor.values) {
        value = value / 3.0 * scale;
        scale *= 1.7;
    }
    tensor.values[1] = -0.1;
    tensor.values[2] = 123456789.0;
    tensor.values[3] = std::numeric_limits<double>::min();
    tensor.values[4] = -kLargestNumber;
    const QString text = writeBlock(tensor, {0, 0, 0, 0}, {1, 2, 3, 4}, locale);
    const NumberBlock block = readBlock(text, locale);
    QCOMPARE(block.problem, QString());
    Tensor4 copy = constantTensor(tensor.shape, 99.0);
    writeInto(copy, {0, 0, 0, 0}, block);
    QVERIFY(copy == tensor);
}

void SheetClipboardTest::saysWhatDoesNotFit() {
    const Shape4 shape{2, 3, 4, 5};
    NumberBlock block;
    block.rows = 8;
    block.columns = 15;
    QCOMPARE(problemOfPlace(block, shape, {0, 0, 0, 0}), QString());
    QCOMPARE(problemOfPlace(block, shape, {0, 0, 1, 0}),
             "The pasted block does not fit: it has 8 rows and 15 columns, and from this cell on "
             "there are 7 rows and 15 columns.");
    QVERIFY(!problemOfPlace(block, shape, {0, 0, 0, 1}).isEmpty());
    block.rows = 1;
    block.columns = 1;
    QCOMPARE(problemOfPlace(block, shape, {1, 2, 3, 4}), QString());
    block.rows = 2;
    QVERIFY(!problemOfPlace(block, shape, {1, 2, 3, 4}).isEmpty());
}

void SheetClipboardTest::writesAcrossBlocks() {
    Tensor4 tensor = constantTensor({2, 2, 2, 2}, 0.0);
    NumberBlock block;
    block.rows = 2;
    block.columns = 2;
    block.values = {1, 2, 3, 4};
    writeInto(tensor, {0, 0, 1, 1}, block);
    QCOMPARE(tensor.at({0, 0, 1, 1}), 1.0);
    QCOMPARE(tensor.at({0, 1, 1, 0}), 2.0);
    QCOMPARE(tensor.at({1, 0, 0, 1}), 3.0);
    QCOMPARE(tensor.at({1, 1, 0, 0}), 4.0);
    QCOMPARE(std::count(tensor.values.begin(), tensor.values.end(), 0.0), 12);
}

}  // namespace normscope

QTEST_GUILESS_MAIN(normscope::SheetClipboardTest)
#include "sheet_clipboard_test.moc"
