#include "ui/runs/runs_panel.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

#include "tests/named_widget.h"
#include "ui/runs/run_tree_model.h"

using namespace normscope;

namespace {

ModelEntry model(const QString& label, NormKind kind, std::optional<int> wrong) {
    return {.label = label,
            .kind = kind,
            .normalization = label,
            .epochs = wrong ? 2 : 0,
            .wrong = wrong,
            .testTotal = 10'000};
}

RunEntry run(const QString& name, RunEntry::Kind kind) {
    return {.folder = "/runs/" + name,
            .name = name,
            .when = QDateTime(QDate(2026, 11, 25), QTime(14, 3)),
            .kind = kind,
            .notes = {},
            .problems = {},
            .models = {model("batch", NormKind::Batch, 160), model("group", NormKind::Group, {})}};
}

QString textOf(const QAbstractItemModel& rows, const QModelIndex& parent = {},
               const QString& indent = {}) {
    QString text;
    for (int row = 0; row < rows.rowCount(parent); ++row) {
        const QModelIndex index = rows.index(row, 0, parent);
        const QVariant check = index.data(Qt::CheckStateRole);
        const char* box = !check.isValid()                 ? ""
                          : check.toInt() == Qt::Checked   ? "[x] "
                          : check.toInt() == Qt::Unchecked ? "[ ] "
                                                           : "[-] ";
        text += indent + box + index.data().toString();
        if (const QString wrong = index.siblingAtColumn(1).data().toString(); !wrong.isEmpty()) {
            text += ": " + wrong;
        }
        text += '\n' + textOf(rows, index, indent + "  ");
    }
    return text;
}

}  // namespace

class RunsPanelTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RunsPanel> panel_;

    QTreeView* tree() const { return testing::namedWidget<QTreeView>(*panel_, "Runs"); }
    QString rows() const { return textOf(*tree()->model()); }
    QModelIndex row(int run, int model = -1) const {
        const QModelIndex index = tree()->model()->index(run, 0);
        return model < 0 ? index : tree()->model()->index(model, 0, index);
    }
    QPushButton* button(const QString& text) const {
        for (QPushButton* button : panel_->findChildren<QPushButton*>()) {
            if (button->text() == text) {
                return button;
            }
        }
        return nullptr;
    }
    QString texts() const {
        QStringList texts;
        for (const QLabel* label : panel_->findChildren<QLabel*>()) {
            if (label->isVisible()) {
                texts << label->text();
            }
        }
        return texts.join('\n');
    }

    void show(const std::vector<RunEntry>& runs) {
        panel_->setRuns(runs);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
    }

  private slots:
    void init() {
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin)")));
        panel_ = std::make_unique<RunsPanel>();
        panel_->resize(360, 640);
        new QAbstractItemModelTester(tree()->model(), tree());
        new QAbstractItemModelTester(panel_->findChild<RunTreeModel*>(), tree());
    }

    void listsRunsAndTheirModels() {
        RunEntry damaged = run("Tuesday", RunEntry::Kind::Kept);
        damaged.problems = QStringList{"/runs/Tuesday/batch/predictions.csv is missing."};
        damaged.notes = "Looks odd.";
        RunEntry broken = run("2026-11-25 14:03:22", RunEntry::Kind::Opened);
        broken.models.clear();
        broken.problems = QStringList{"comparison.json is not valid JSON."};
        show({run("Monday", RunEntry::Kind::UnderWay), damaged, broken});
        panel_->setCompared({{"/runs/Monday", 0}, {"/runs/Tuesday", 0}, {"/runs/Tuesday", 1}});
        QCOMPARE(rows(), QStringLiteral("[-] Monday · 25 Nov 2026 · in training\n"
                                        "  [x] batch: 160\n"
                                        "  [ ] group: —\n"
                                        "[x] Tuesday · 25 Nov 2026 · damaged\n"
                                        "  [x] batch: 160\n"
                                        "  [x] group: —\n"
                                        "2026-11-25 14:03:22 · damaged\n"));
        QVERIFY(!texts().contains("is missing"));
        tree()->setCurrentIndex(row(1, 1));
        QVERIFY(texts().contains("predictions.csv is missing."));
        QVERIFY(texts().contains("Looks odd."));
        tree()->setCurrentIndex(row(2));
        QVERIFY(texts().contains("not valid JSON"));
        QVERIFY(!button("Show in Train")->isEnabled());
    }

    void anEmptyListSaysWhatToDo() {
        show({});
        QVERIFY(texts().contains("Start a training"));
        QVERIFY(!button("Show in Train")->isEnabled());
        QVERIFY(button("Open run folder...")->isEnabled());
    }

    void spaceChecksAModel() {
        show({run("Monday", RunEntry::Kind::Kept), run("Tuesday", RunEntry::Kind::Kept)});
        panel_->setCompared({{"/runs/Tuesday", 1}});
        QSignalSpy chosen(panel_.get(), &RunsPanel::comparisonChosen);
        tree()->setCurrentIndex(row(0, 0));
        QTest::keyClick(tree(), Qt::Key_Space);
        QCOMPARE(chosen.count(), 1);
        // Behind those that were compared before: their looks stay.
        QCOMPARE(chosen.front().front().value<std::vector<ModelRef>>(),
                 (std::vector<ModelRef>{{"/runs/Tuesday", 1}, {"/runs/Monday", 0}}));
        QTest::keyClick(tree(), Qt::Key_Space);
        QCOMPARE(chosen.back().front().value<std::vector<ModelRef>>(),
                 (std::vector<ModelRef>{{"/runs/Tuesday", 1}}));
        tree()->setCurrentIndex(row(0));
        QTest::keyClick(tree(), Qt::Key_Space);
        QCOMPARE(chosen.back().front().value<std::vector<ModelRef>>().size(), std::size_t{3});
    }

    void oneModelAtLeastAndEightAtMost() {
        std::vector<RunEntry> runs;
        for (int number = 0; number < 5; ++number) {
            runs.push_back(run(QString::number(number), RunEntry::Kind::Kept));
        }
        show(runs);
        panel_->setCompared({{"/runs/0", 0}});
        QSignalSpy chosen(panel_.get(), &RunsPanel::comparisonChosen);
        QVERIFY(!tree()->model()->setData(row(0, 0), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(texts().contains("One model at least"));
        QCOMPARE(chosen.count(), 0);
        for (int number = 0; number < 4; ++number) {
            QVERIFY(tree()->model()->setData(row(number), Qt::Checked, Qt::CheckStateRole));
        }
        QVERIFY(!texts().contains("One model at least"));
        QVERIFY(!tree()->model()->setData(row(4, 0), Qt::Checked, Qt::CheckStateRole));
        QVERIFY(texts().contains("At most 8"));
        QCOMPARE(row(4, 0).data(Qt::CheckStateRole).toInt(), int{Qt::Unchecked});
    }

    void aKeptRunIsRenamedInPlace() {
        show({run("Monday", RunEntry::Kind::Kept), run("Given", RunEntry::Kind::Bundled)});
        QSignalSpy renamed(panel_.get(), &RunsPanel::renameRequested);
        tree()->setCurrentIndex(row(0, 1));
        button("Rename")->click();
        auto* editor = tree()->findChild<QLineEdit*>();
        QVERIFY(editor != nullptr);
        QCOMPARE(editor->text(), QStringLiteral("Monday"));
        editor->setText("Best one");
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(renamed.count(), 1);
        QCOMPARE(renamed.front()[0].toString(), QStringLiteral("/runs/Monday"));
        QCOMPARE(renamed.front()[1].toString(), QStringLiteral("Best one"));
        tree()->setCurrentIndex(row(1));
        QVERIFY(!button("Rename")->isEnabled());
        QVERIFY(!button("Delete")->isEnabled());
        QVERIFY((row(1).flags() & Qt::ItemIsEditable) == 0);
    }

    void deletingIsAskedInPlace() {
        show({run("Monday", RunEntry::Kind::Kept), run("Tuesday", RunEntry::Kind::Kept)});
        QSignalSpy deleted(panel_.get(), &RunsPanel::deleteRequested);
        tree()->setFocus();
        tree()->setCurrentIndex(row(0));
        QTest::keyClick(tree(), Qt::Key_Delete);
        QVERIFY(texts().contains("Move Monday to the trash?"));
        QVERIFY(button("Keep")->hasFocus());
        QTest::keyClick(button("Keep"), Qt::Key_Space);
        QVERIFY(!texts().contains("to the trash?"));
        QCOMPARE(deleted.count(), 0);
        button("Delete")->click();
        tree()->setCurrentIndex(row(1));  // another one is not meant
        QVERIFY(!texts().contains("to the trash?"));
        button("Delete")->click();
        button("Move to trash")->click();
        QCOMPARE(deleted.count(), 1);
        QCOMPARE(deleted.front().front().toString(), QStringLiteral("/runs/Tuesday"));
    }

    void anOpenedRunOnlyLeavesTheList() {
        show({run("Elsewhere", RunEntry::Kind::Opened)});
        QSignalSpy closed(panel_.get(), &RunsPanel::closeRequested);
        QVERIFY(button("Delete") == nullptr);
        button("Remove from list")->click();
        QCOMPARE(closed.count(), 1);
        QVERIFY(!button("Rename")->isEnabled());
    }

    void placeAndFoldingSurviveNewRuns() {
        show({run("Monday", RunEntry::Kind::Kept), run("Tuesday", RunEntry::Kind::Kept)});
        tree()->setCurrentIndex(row(1));
        tree()->collapse(row(0));
        QVERIFY(tree()->isExpanded(row(1)));
        panel_->setRuns({run("Wednesday", RunEntry::Kind::Kept),
                         run("Monday", RunEntry::Kind::Kept),
                         run("Tuesday", RunEntry::Kind::Kept)});
        QCOMPARE(tree()->currentIndex().data(Qt::EditRole).toString(), QStringLiteral("Tuesday"));
        QVERIFY(!tree()->isExpanded(row(1)));
        QVERIFY(tree()->isExpanded(row(2)));
        QVERIFY(tree()->isExpanded(row(0)));
    }

    void manyRunsAreFiltered() {
        std::vector<RunEntry> runs{run("With L1", RunEntry::Kind::Kept)};
        show(runs);
        auto* filter = testing::namedWidget<QLineEdit>(*panel_, "Filter runs");
        QVERIFY(!filter->isVisible());
        for (int number = 0; number < 8; ++number) {
            runs.push_back(run(QString::number(number), RunEntry::Kind::Kept));
        }
        panel_->setRuns(runs);
        QVERIFY(filter->isVisible());
        filter->setText("l1");
        QCOMPARE(rows(),
                 QStringLiteral("[ ] With L1 · 25 Nov 2026\n  [ ] batch: 160\n  [ ] group: —\n"));
        QVERIFY(tree()->isExpanded(row(0)));
    }
};

QTEST_MAIN(RunsPanelTest)
#include "runs_panel_test.moc"
