#include "app/sheet_files.h"

#include <QRegularExpression>
#include <QTest>

#include "core/sample_tensors.h"
#include "tests/core/support.h"

using namespace normscope;

class SheetFilesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<testing::TemporaryFolder> folder_;
    std::unique_ptr<SheetFiles> files_;
    std::shared_ptr<const OpenedSheet> opened_;
    std::optional<QString> answer_;  ///< empty text if all went well

    QString path(const QString& name) const {
        return QString::fromStdString(folder_->path().string()) + u'/' + name;
    }

    static SheetState sheet(NormKind kind) {
        const Shape4 shape{3, 4, 2, 5};
        return {.input = std::make_shared<const Tensor4>(outlierTensor(shape, 7, 0.1 + 0.2)),
                .spec = {.kind = kind, .groups = 2, .eps = 1e-3},
                .affine = {{1.0, 0.5, -2.0, 1.0 / 3.0}, {0.0, 0.25, 1.0, -1.0}},
                .running = RunningStatistics::initial(4),
                .source = QStringLiteral("A test")};
    }

    /// Why it was not saved; empty if it was.
    QString save(const QString& file, const SheetState& state) {
        files_->save(file, state);
        return problem();
    }

    std::shared_ptr<const OpenedSheet> open(const QString& file, const Shape4& preferred = {}) {
        files_->open(file, preferred);
        [&] { QCOMPARE(problem(), QString()); }();
        return opened_;
    }

    QString refusal(const QString& file) {
        files_->open(file, {});
        return problem();
    }

    QString problem() {
        [&] { QTRY_VERIFY(answer_.has_value()); }();
        const QString problem = answer_.value_or(QString());
        answer_.reset();
        return problem;
    }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".")));
        folder_ = std::make_unique<testing::TemporaryFolder>();
        files_ = std::make_unique<SheetFiles>();
        connect(files_.get(), &SheetFiles::opened, this,
                [this](const std::shared_ptr<const OpenedSheet>& sheet) {
                    opened_ = sheet;
                    answer_ = QString();
                });
        connect(files_.get(), &SheetFiles::saved, this, [this] { answer_ = QString(); });
        connect(files_.get(), &SheetFiles::failed, this,
                [this](const QString& sentence) { answer_ = sentence; });
    }

    void jsonBringsEverythingBack() {
        for (const NormKind kind :
             {NormKind::Batch, NormKind::Layer, NormKind::Group, NormKind::Instance}) {
            const SheetState state = sheet(kind);
            QCOMPARE(save(path(QStringLiteral("a.json")), state), QString());
            const auto read = open(path(QStringLiteral("a.json")));
            QCOMPARE(read->name, QStringLiteral("a.json"));
            QVERIFY(!read->cellsAlone);
            QVERIFY(read->record.input == *state.input);
            QVERIFY(read->record.affine == state.affine);
            QCOMPARE(read->record.spec.kind, kind);
            QCOMPARE(read->record.spec.eps, 1e-3);
            QVERIFY(kind != NormKind::Group || read->record.spec.groups == 2);
            QVERIFY(read->record.training);
        }
    }

    void jsonKeepsTheRunningStatistics() {
        SheetState state = sheet(NormKind::Batch);
        state.training = false;
        state.spec.momentum = 0.3;
        state.running = {{0.5, 1.0, -1.0, 2.0}, {1.0, 2.0, 3.0, 0.25}, 6};
        QCOMPARE(save(path(QStringLiteral("a.json")), state), QString());
        const auto read = open(path(QStringLiteral("a.json")));
        QVERIFY(!read->record.training);
        QVERIFY(read->record.running == state.running);
        QCOMPARE(read->record.spec.momentum, 0.3);
    }

    void csvKeepsTheCells() {
        const SheetState state = sheet(NormKind::Layer);
        QCOMPARE(save(path(QStringLiteral("a.csv")), state), QString());
        const auto read = open(path(QStringLiteral("a.csv")), state.input->shape);
        QVERIFY(read->cellsAlone);
        QVERIFY(read->record.input == *state.input);
        // Where the sheet has another size, height and width come from the lines.
        const Shape4 guessed = open(path(QStringLiteral("a.csv")))->record.input.shape;
        QCOMPARE(guessed.height, 2);
        QCOMPARE(guessed.width, 5);
        QCOMPARE(guessed.count(), state.input->shape.count());
    }

    void aWorkbookIsWrittenWhereItTellsTheSame() {
        SheetState state = sheet(NormKind::Batch);
        const QString file = path(QStringLiteral("a.xlsx"));
        QCOMPARE(save(file, state), QString());
        QVERIFY(testing::readAll(file.toStdString()).starts_with("PK"));
        state.training = false;
        QVERIFY(save(path(QStringLiteral("b.xlsx")), state).contains(QStringLiteral("training")));
        QVERIFY(!std::filesystem::exists(path(QStringLiteral("b.xlsx")).toStdString()));
    }

    void whatCannotBeSavedSaysWhy() {
        const SheetState state = sheet(NormKind::Batch);
        const QString other = path(QStringLiteral("a.docx"));
        QCOMPARE(save(other, state), other + " does not end in .json, .csv or .xlsx.");
        const QString nowhere = path(QStringLiteral("no/such/folder.csv"));
        QVERIFY(save(nowhere, state).contains(nowhere));
        SheetState huge = state;
        Tensor4 input = *state.input;
        input.values[0] = 1e200;
        huge.input = std::make_shared<const Tensor4>(input);
        QVERIFY(!save(path(QStringLiteral("a.json")), huge).isEmpty());
    }

    void whatCannotBeOpenedSaysWhy() {
        const auto expect = [this](const QString& name, const std::string& content) {
            testing::writeAll(path(name).toStdString(), content);
            const QString sentence = refusal(path(name));
            QVERIFY2(sentence.contains(path(name)), qPrintable(sentence));
            QVERIFY(sentence.endsWith(u'.'));
        };
        expect(QStringLiteral("a.csv"), "1,2,x");
        expect(QStringLiteral("empty.csv"), "");
        std::string wide = "1";
        for (int i = 0; i < 40; ++i) {
            wide += ",1";
        }
        expect(QStringLiteral("wide.csv"), wide);
        expect(QStringLiteral("a.json"), "{\"shape\":[1,1,1,1]}");
        expect(QStringLiteral("large.json"), "{\"shape\":[33,1,1,1],\"norm\":\"layer\"}");
        QVERIFY(refusal(path(QStringLiteral("none.json"))).contains(QStringLiteral("none.json")));
    }
};

QTEST_GUILESS_MAIN(SheetFilesTest)
#include "sheet_files_test.moc"
