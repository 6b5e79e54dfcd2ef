#include <QDir>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "app/report/html_report.h"
#include "app/report/page_flow.h"
#include "app/report/pdf_blocks.h"
#include "app/report/report_content.h"
#include "app/report/report_writer.h"
#include "tests/compared_models.h"

using namespace normscope;
using namespace normscope::testing;

namespace {

constexpr std::array kFormats{ReportFormat::Html, ReportFormat::Pdf, ReportFormat::Markdown};

const QString kAwkward = QStringLiteral("Mine: 1 < 2 & *not* `code` | \"quoted\" <b>_\n\nsecond");

ModelConfig modelNamed(const char* label, NormKind kind) {
    ModelConfig model;
    model.label = label;
    model.network.kind = kind;
    return model;
}

Comparison twoModels(const Dataset& dataset) {
    return trainedModels(
        {{modelNamed("batch", NormKind::Batch), evaluationWith(dataset, {{31, 8, 0.75F}})},
         {modelNamed("my group", NormKind::Group),
          evaluationWith(dataset, {{3, 8, 0.6F}, {4, 0, 0.9F}})}},
        dataset, kAwkward.toStdString());
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

PagePiece piece(qreal height, qreal spaceBefore = 0.0, bool staysWithNext = false) {
    return {height, spaceBefore, staysWithNext, {}};
}

/// "page:top" of each piece.
QStringList places(const std::vector<PagePiece>& pieces, qreal height) {
    QStringList texts;
    for (const PlacedPiece& placed : flowOntoPages(pieces, height)) {
        texts << QStringLiteral("%1:%2").arg(placed.page).arg(placed.top);
    }
    return texts;
}

}  // namespace

class ReportTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void followsTheAssignment() {
        const auto dataset = dottedDigits(100);
        QStringList titles;
        for (const ReportSection& section : makeReport(twoModels(*dataset), dataset).sections) {
            titles << section.title;
            QVERIFY2(!section.blocks.empty(), qPrintable(section.title));
        }
        QCOMPARE(titles, QStringList({"What this is", "The network", "How each normalization works",
                                      "Learning curves", "Misread digits", "Findings", "Notes",
                                      "How to do it again"}));
    }

    void tablesHaveAsManyTextsAsTitles() {
        const auto dataset = dottedDigits(100);
        for (const ReportSection& section : makeReport(twoModels(*dataset), dataset).sections) {
            for (const ReportBlock& block : section.blocks) {
                if (const auto* table = std::get_if<ReportTable>(&block)) {
                    QVERIFY(!table->rows.empty());
                    for (const QStringList& row : table->rows) {
                        QCOMPARE(row.size(), table->titles.size());
                    }
                }
            }
        }
    }

    void htmlNeedsNothingButItself() {
        const auto dataset = dottedDigits(100);
        const QString html =
            QString::fromUtf8(htmlReport(makeReport(twoModels(*dataset), dataset)));
        static const QRegularExpression kSource(QStringLiteral("src=\"([^\"]{0,30})"));
        int pictures = 0;
        for (auto match = kSource.globalMatch(html); match.hasNext(); ++pictures) {
            QVERIFY(match.next().captured(1).startsWith("data:image/png;base64,"));
        }
        QCOMPARE(pictures,
                 3 + 4 + 2 + 3 + 3);  // sheets, curves, galleries, what they share, summaries
        QVERIFY(!html.contains("http") && !html.contains("url(") && !html.contains("<link"));
        QVERIFY(html.contains("1 &lt; 2 &amp; *not* `code` | &quot;quoted&quot; &lt;b&gt;_</p>"));
    }

    void markdownMeansWhatWasWritten() {
        const auto dataset = dottedDigits(100);
        const QTemporaryDir folder;
        const QString path = folder.filePath("my report.md");
        QCOMPARE(writeReport(twoModels(*dataset), dataset, path, ReportFormat::Markdown),
                 QString());
        const QString text = QString::fromUtf8(contentOf(path));
        QVERIFY(text.contains(
            "Mine: 1 \\< 2 \\& \\*not\\* \\`code\\` \\| \"quoted\" \\<b\\>\\_\n\nsecond\n"));
        static const QRegularExpression kPicture(QStringLiteral("!\\[[^\\]]*\\]\\(<([^>]*)>\\)"));
        QStringList named;
        for (auto match = kPicture.globalMatch(text); match.hasNext();) {
            named << match.next().captured(1);
            QVERIFY2(!QImage(folder.filePath(named.back())).isNull(), qPrintable(named.back()));
        }
        named.removeDuplicates();
        QCOMPARE(named.size(), 15);
        QCOMPARE(QDir(folder.filePath("my report-pictures")).entryList(QDir::Files).size(), 15);
    }

    void isWrittenOnAnyThreadOnceItIsMade() {
        const auto dataset = dottedDigits(100);
        const Report report = makeReport(twoModels(*dataset), dataset);
        const QTemporaryDir folder;
        QByteArray html;
        std::thread([&] {
            html = htmlReport(report);
            for (const ReportFormat format : kFormats) {
                writeReport(report, folder.filePath("there." + nameOf(format)), format);
            }
        }).join();
        QCOMPARE(html, htmlReport(report));
        QVERIFY(contentOf(folder.filePath("there.pdf")).startsWith("%PDF-"));
        QVERIFY(contentOf(folder.filePath("there.md")).startsWith("# "));
    }

    void saysWhichFileCouldNotBeWritten() {
        const auto dataset = dottedDigits(100);
        const Report report = makeReport(twoModels(*dataset), dataset);
        for (const ReportFormat format : kFormats) {
            const QString problem =
                writeReport(report, "/nowhere/at/all/x." + nameOf(format), format);
            QVERIFY2(problem.contains("/nowhere/at/all/x"), qPrintable(problem));
            QVERIFY(problem.endsWith('.') && !problem.contains('\n'));
        }
    }

    void aModelThatHasNotBeenTestedIsNoObstacle() {
        const auto dataset = dottedDigits(100);
        const QTemporaryDir folder;
        const Comparison models = trainedModels({{modelNamed("batch", NormKind::Batch), nullptr},
                                                 {modelNamed("layer", NormKind::Layer), nullptr}},
                                                *dataset);
        for (const ReportFormat format : kFormats) {
            const QString path = folder.filePath("x." + nameOf(format));
            QCOMPARE(writeReport(models, nullptr, path, format), QString());
            QVERIFY(!contentOf(path).isEmpty());
        }
    }

    void formatsAreKnownByTheirNames() {
        for (const ReportFormat format : kFormats) {
            QVERIFY(reportFormatNamed(nameOf(format)) == format);
        }
        QVERIFY(!reportFormatNamed("doc"));
        QVERIFY(!reportFormatNamed({}));
    }

    void pagesAreFilledFromTheTop() {
        QCOMPARE(places({piece(40, 10), piece(40, 10), piece(40, 10)}, 100),
                 QStringList({"0:0", "0:50", "1:0"}));
        QCOMPARE(places({piece(40), piece(60), piece(1)}, 100),
                 QStringList({"0:0", "0:40", "1:0"}));
    }

    void whatStaysTogetherIsNotTorn() {
        const std::vector pieces{piece(50), piece(20, 0, true), piece(20, 5, true), piece(20)};
        QCOMPARE(places(pieces, 100), QStringList({"0:0", "1:0", "1:25", "1:45"}));
        QCOMPARE(places(pieces, 120), QStringList({"0:0", "0:50", "0:75", "0:95"}));
    }

    void whatIsHigherThanAPageRunsOver() {
        QCOMPARE(places({piece(50), piece(60, 0, true), piece(60, 0, true), piece(60)}, 100),
                 QStringList({"0:0", "1:0", "2:0", "3:0"}));
        QCOMPARE(places({piece(10), piece(300), piece(10)}, 100),
                 QStringList({"0:0", "1:0", "2:0"}));
    }

    void noPieceOfAReportIsHigherThanItsPage() {
        const auto dataset = dottedDigits(100);
        Comparison models = twoModels(*dataset);
        auto run = std::make_shared<Run>(*models.front().run);
        run->notes = std::string(20'000, 'x');  // a word without end
        for (ComparedModel& model : models) {
            model.run = run;
        }
        constexpr qreal kWidth = 640;
        constexpr qreal kHeight = 930;
        PdfBlocks blocks(kWidth, kHeight);
        for (const ReportSection& section : makeReport(models, dataset).sections) {
            blocks.addSection(section);
        }
        for (const PlacedPiece& placed : flowOntoPages(blocks.pieces(), kHeight)) {
            QVERIFY(placed.top + blocks.pieces()[placed.piece].height <= kHeight);
        }
    }
};

QTEST_MAIN(ReportTest)
#include "report_test.moc"
