#include <QDir>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <thread>

#include "app/report/html_report.h"
#include "app/report/page_flow.h"
#include "app/report/pdf_blocks.h"
#include "app/report/report_content.h"
#include "app/report/report_parts.h"
#include "app/report/report_writer.h"
#include "core/versions.h"
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

/// The same models, of a run that was changed.
Comparison changed(Comparison models, const std::function<void(Run&)>& change) {
    auto run = std::make_shared<Run>(*models.front().run);
    change(*run);
    for (ComparedModel& model : models) {
        model.run = run;
    }
    return models;
}

/// The paragraphs and listings of a section, one a line.
QString textOf(const ReportSection& section) {
    QStringList lines;
    for (const ReportBlock& block : section.blocks) {
        if (const auto* paragraph = std::get_if<ReportParagraph>(&block)) {
            lines << paragraph->text;
        } else if (const auto* listing = std::get_if<ReportListing>(&block)) {
            lines << listing->text;
        }
    }
    return lines.join('\n');
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

    void whatTheModelsDifferInIsTold() {
        const auto dataset = dottedDigits(100);
        const auto read = evaluationWith(*dataset, {});
        ModelConfig penalized = modelNamed("penalized", NormKind::Batch);
        penalized.l1 = 1e-4;
        const ModelConfig batch = modelNamed("batch", NormKind::Batch);
        const QString different = "They differ in how the numbers inside them are normalized.";
        const QString two = textOf(aboutSection(twoModels(*dataset)));
        QVERIFY2(two.contains(different), qPrintable(two));
        QVERIFY(!two.contains("alone"));
        const QString same =
            textOf(aboutSection(trainedModels({{batch, read}, {penalized, read}}, *dataset)));
        QVERIFY2(same.contains("They do not differ in how the numbers inside them are normalized."),
                 qPrintable(same));
        QVERIFY2(same.contains("\nThey differ in L1: "), qPrintable(same));
        QVERIFY(!same.contains(different));
        const QString one = textOf(aboutSection(trainedModels({{batch, read}}, *dataset)));
        QVERIFY2(one.startsWith("A network learned to read"), qPrintable(one));
        QVERIFY(!one.contains("differ"));
    }

    void everyCycleHasItsCommand() {
        const auto dataset = dottedDigits(100);
        const auto reproduction = [&](const std::function<void(Run&)>& change) {
            return textOf(reproductionSection(changed(twoModels(*dataset), change)));
        };
        const QString once = reproduction([](Run& /*run*/) {});
        QVERIFY2(once.startsWith("This command trains the same networks"), qPrintable(once));
        QVERIFY(!once.contains("--more-epochs") && !once.contains("of which this run has"));
        const QString further = reproduction([](Run& run) {
            run.config.cycles = {2, 5, 3};
            run.command = trainCommand(run.config, "/runs/it's --out there");
        });
        QVERIFY2(further.startsWith("These commands, one after the other, train the same"),
                 qPrintable(further));
        const QString out = R"( --out '/runs/it'\''s --out there')";
        QVERIFY2(further.contains(out + "\nnormscope train --more-epochs 5" + out +
                                  "\nnormscope train --more-epochs 3" + out + '\n'),
                 qPrintable(further));
    }

    void whatTheCommandTrainsBeyondTheRunIsTold() {
        const auto dataset = dottedDigits(100);
        const QString text = textOf(reproductionSection(changed(twoModels(*dataset), [](Run& run) {
            run.config.cycles = {20};
            run.models[0].outcome = Outcome::Stopped;
            run.models[1].outcome = Outcome::Failed;  // it would not get further again
        })));
        QVERIFY2(
            text.contains("\nThat trains each network for all 20 epochs, of which this run has "
                          "2 of “batch”.\n"),
            qPrintable(text));
    }

    void theVersionsOfTheTrainingAreThoseOfTheRun() {
        const auto dataset = dottedDigits(100);
        const QString old = textOf(reproductionSection(changed(twoModels(*dataset), [](Run& run) {
            run.versions = {.normscope = "0.0.7", .libtorch = "1.2.3"};
        })));
        const QString written = "\nThis report was written by Normscope " +
                                QString::fromStdString(programVersion()) + '.';
        QVERIFY2(old.endsWith("\nTrained with Normscope 0.0.7 and LibTorch 1.2.3." + written),
                 qPrintable(old));
        const QString unknown =
            textOf(reproductionSection(changed(twoModels(*dataset), [](Run& run) {
                run.versions = {.normscope = {}, .libtorch = {}};
            })));
        QVERIFY(!unknown.contains("Trained with"));
        QVERIFY(unknown.endsWith(written));
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
