#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <memory>

#include "ui/train/model_texts.h"
#include "ui/train/presets.h"
#include "ui/train/remarks.h"
#include "ui/train/setup_panel.h"
#include "ui/widgets/number_field.h"

namespace normscope {

class TrainingSetupTest : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void cleanup() { panel_.reset(); }

    void startsWithTheFairComparison();
    void presetsFillTheFields();
    void anEditMakesItCustomAndBack();
    void everyPresetCanBeTrained();
    void everyFieldReachesTheConfiguration();
    void aConfigurationFillsEveryField();
    void numbersAreReadInTheLocaleAndAsProgramsWriteThem();
    void wrongInputIsRefusedInPlace_data();
    void wrongInputIsRefusedInPlace();
    void modelsAreAddedWithLabelsOfTheirOwn();
    void modelsAreRemoved();
    void aModelIsRenamed();
    void anotherNormBringsItsLabel();
    void groupsAreAskedForUnderGroupNormOnly();
    void differentLambdasAreRemarkedOn();
    void modelsThatCannotSeeDigitsAreRemarkedOn();
    void theWheelScrollsAndChangesNothing();
    void sentencesDoNotWidenThePanel();
    void lockedWhileTraining();

  private:
    template <typename Widget>
    Widget* named(const QString& name) const;
    void type(const QString& field, const QString& text) const;
    void addModel(NormKind kind) const;
    QStringList labels() const;
    QStringList shownSentences() const;

    std::unique_ptr<SetupPanel> panel_;
};

void TrainingSetupTest::init() {
    QLocale::setDefault(QLocale::c());
    panel_ = std::make_unique<SetupPanel>();
    panel_->show();
    QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
}

template <typename Widget>
Widget* TrainingSetupTest::named(const QString& name) const {
    for (auto* widget : panel_->findChildren<Widget*>()) {
        if (widget->accessibleName() == name && !widget->isHidden()) {
            return widget;
        }
    }
    return nullptr;
}

void TrainingSetupTest::type(const QString& field, const QString& text) const {
    auto* edit = named<QLineEdit>(field);
    QVERIFY2(edit != nullptr, qPrintable(field));
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

void TrainingSetupTest::addModel(NormKind kind) const {
    const auto actions = named<QPushButton>("Add model")->menu()->actions();
    actions.at(static_cast<qsizetype>(kind))->trigger();
}

QStringList TrainingSetupTest::labels() const {
    QStringList labels;
    for (const ModelConfig& model : panel_->configuration().models) {
        labels << QString::fromStdString(model.label);
    }
    return labels;
}

QStringList TrainingSetupTest::shownSentences() const {
    QStringList sentences;
    for (const auto* label : panel_->findChildren<QLabel*>()) {
        if (label->isVisible()) {
            sentences << label->text();
        }
    }
    return sentences;
}

void TrainingSetupTest::startsWithTheFairComparison() {
    QCOMPARE(named<QComboBox>("Preset")->currentText(), "Fair comparison");
    const TrainingConfig config = panel_->configuration();
    QCOMPARE(config.epochs(), 20);
    QVERIFY(std::ranges::all_of(config.models, [](const auto& model) { return model.l1 == 0.0; }));
    QVERIFY(panel_->problem().isEmpty());
}

void TrainingSetupTest::presetsFillTheFields() {
    auto* preset = named<QComboBox>("Preset");
    preset->setCurrentText("Quick look");
    QCOMPARE(named<QSpinBox>("Epochs")->value(), 3);
    QCOMPARE(named<QSpinBox>("Training images")->value(), 6000);
    preset->setCurrentText("Original assignment");
    QCOMPARE(named<QSpinBox>("Epochs")->value(), 20);
    QCOMPARE(named<QSpinBox>("Training images")->text(), "All");
    QCOMPARE(named<QLineEdit>("L1 batch")->text().toDouble(), 1e-4);
    QCOMPARE(named<QLineEdit>("L1 layer")->text(), "0");
    preset->setCurrentText("Tiny batches");
    QCOMPARE(named<QSpinBox>("Batch size")->value(), 2);
    QCOMPARE(named<QSpinBox>("Training images")->value(), 2000);
    QCOMPARE(named<QLineEdit>("Learning rate")->text(), "0.0015625");
    QCOMPARE(named<QSpinBox>("Epochs")->value(), 6);
}

void TrainingSetupTest::anEditMakesItCustomAndBack() {
    auto* preset = named<QComboBox>("Preset");
    named<QSpinBox>("Epochs")->setValue(21);
    QCOMPARE(preset->currentText(), "Custom");
    named<QSpinBox>("Epochs")->setValue(20);
    QCOMPARE(preset->currentText(), "Fair comparison");
    type("Seed", "7");
    QCOMPARE(preset->currentText(), "Fair comparison");
    type("L1 batch", "1e-4");
    QCOMPARE(preset->currentText(), "Original assignment");
}

void TrainingSetupTest::everyPresetCanBeTrained() {
    for (const Preset& preset : presets()) {
        const TrainingConfig config = withPreset({}, preset);
        validate(config);
        QCOMPARE(presets()[*presetMatching(config)].title(), preset.title());
        QVERIFY(!preset.reason().isEmpty());
        QCOMPARE(configurationText(config, {}).contains("no augmentation"),
                 preset.augmentation == Augmentation::None);
    }
}

void TrainingSetupTest::everyFieldReachesTheConfiguration() {
    const QSignalSpy changes(panel_.get(), &SetupPanel::changed);
    named<QSpinBox>("Epochs")->setValue(4);
    named<QSpinBox>("Batch size")->setValue(32);
    type("Learning rate", "0.1");
    type("Seed", "18446744073709551615");
    named<QComboBox>("Augmentation")->setCurrentIndex(1);
    named<QComboBox>("Engine")->setCurrentIndex(1);
    named<QSpinBox>("Training images")->setValue(500);
    type("L1 group", "1e-3");
    type("Groups of group", "1");
    TrainingConfig expected = withPreset({}, presets()[kDefaultPreset]);
    expected.cycles = {4};
    expected.batchSize = 32;
    expected.learningRate = 0.1;
    expected.seed = 18446744073709551615ULL;
    expected.augmentation = Augmentation::Affine;
    expected.engine = EngineKind::Torch;
    expected.trainLimit = 500;
    expected.models[2].l1 = 1e-3;
    expected.models[2].network.groups = {1, 1, 1, 1, 1, 1};
    QVERIFY(panel_->configuration() == expected);
    QVERIFY(changes.count() >= 8);
}

void TrainingSetupTest::aConfigurationFillsEveryField() {
    TrainingConfig config;
    config.models = {{.label = "mine", .network = {.kind = NormKind::Instance}, .l1 = 0.5}};
    config.cycles = {3};
    config.batchSize = 7;
    config.learningRate = 0.25;
    config.augmentation = Augmentation::Affine;
    config.seed = 99;
    config.threads = 2;
    config.trainLimit = 123;
    config.data = "/some/where";
    panel_->setConfiguration(config);
    QVERIFY(panel_->configuration() == config);
    QCOMPARE(named<QComboBox>("Preset")->currentText(), "Custom");
    QCOMPARE(named<QLineEdit>("L1 mine")->text(), "0.5");
    QCOMPARE(named<QComboBox>("Normalization of mine")->currentText(), "Instance");
    QCOMPARE(named<QLineEdit>("Seed")->text(), "99");
}

void TrainingSetupTest::numbersAreReadInTheLocaleAndAsProgramsWriteThem() {
    QCOMPARE(readNumber("0.05"), 0.05);
    QCOMPARE(readNumber(" 1e-4 "), 1e-4);
    QVERIFY(!readNumber("0,05"));
    QVERIFY(!readNumber(""));
    QLocale::setDefault(QLocale(QLocale::German));
    QCOMPARE(readNumber("0,05"), 0.05);
    QCOMPARE(readNumber("0.05"), 0.05);
    QCOMPARE(readNumber("0.050"), 0.05);
    QCOMPARE(readNumber("1e-4"), 1e-4);
    QCOMPARE(shortNumber(0.05), "0,05");
    QCOMPARE(readNumber(shortNumber(1e-7)), 1e-7);
    QLocale::setDefault(QLocale::c());
}

void TrainingSetupTest::wrongInputIsRefusedInPlace_data() {
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("mention");
    QTest::addRow("rate not a number") << "Learning rate"
                                       << "fast"
                                       << "fast";
    QTest::addRow("rate zero") << "Learning rate"
                               << "0"
                               << "learning rate";
    QTest::addRow("lambda not a number") << "L1 batch"
                                         << "1e"
                                         << "1e";
    QTest::addRow("lambda too large") << "L1 layer"
                                      << "2"
                                      << "layer";
    QTest::addRow("groups that do not divide") << "Groups of group"
                                               << "2,2,5,2,3,3"
                                               << "5";
    QTest::addRow("too few groups") << "Groups of group"
                                    << "2,2"
                                    << "six";
    QTest::addRow("negative seed") << "Seed"
                                   << "-1"
                                   << "seed";
    QTest::addRow("label twice") << "Label of layer"
                                 << "Batch"
                                 << "Batch";
    QTest::addRow("label of a path") << "Label of layer"
                                     << "a/b"
                                     << "a/b";
}

void TrainingSetupTest::wrongInputIsRefusedInPlace() {
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, mention);
    if (field.startsWith("Label")) {
        // Its accessible name follows what is typed: set it in one go.
        named<QLineEdit>(field)->setText(text);
    } else {
        type(field, text);
    }
    const QString problem = panel_->problem();
    QVERIFY2(problem.contains(mention), qPrintable(problem));
    QVERIFY2(shownSentences().contains(problem), qPrintable(problem));
    named<QComboBox>("Preset")->setCurrentText("Quick look");
    type("Seed", "1");
    QVERIFY(panel_->problem().isEmpty());
    QVERIFY(!shownSentences().contains(problem));
}

void TrainingSetupTest::modelsAreAddedWithLabelsOfTheirOwn() {
    addModel(NormKind::Group);
    addModel(NormKind::Group);
    addModel(NormKind::None);
    QCOMPARE(labels(), (QStringList{"batch", "layer", "group", "group 2", "group 3", "none"}));
    QVERIFY(named<QLineEdit>("L1 group 2") != nullptr);
    QVERIFY(panel_->problem().isEmpty());
}

void TrainingSetupTest::modelsAreRemoved() {
    QTest::mouseClick(named<QToolButton>("Remove layer"), Qt::LeftButton);
    QCOMPARE(labels(), (QStringList{"batch", "group"}));
    QTest::mouseClick(named<QToolButton>("Remove batch"), Qt::LeftButton);
    QTest::mouseClick(named<QToolButton>("Remove group"), Qt::LeftButton);
    QCOMPARE(labels(), QStringList());
    QVERIFY(!panel_->problem().isEmpty());
}

void TrainingSetupTest::aModelIsRenamed() {
    named<QLineEdit>("Label of group")->setText("two groups");
    QCOMPARE(labels().last(), "two groups");
    QVERIFY(named<QLineEdit>("L1 two groups") != nullptr);
    QVERIFY(named<QLineEdit>("L1 group") == nullptr);
}

void TrainingSetupTest::anotherNormBringsItsLabel() {
    auto* norm = named<QComboBox>("Normalization of layer");
    norm->setCurrentText("Batch");
    QCOMPARE(labels(), (QStringList{"batch", "batch 2", "group"}));
    named<QLineEdit>("Label of batch 2")->setText("mine");
    norm->setCurrentText("Instance");
    QCOMPARE(labels(), (QStringList{"batch", "mine", "group"}));
}

void TrainingSetupTest::groupsAreAskedForUnderGroupNormOnly() {
    QVERIFY(named<QLineEdit>("Groups of group") != nullptr);
    QVERIFY(named<QLineEdit>("Groups of batch") == nullptr);
    named<QComboBox>("Normalization of batch")->setCurrentText("Group");
    QVERIFY(named<QLineEdit>("Groups of group 2") != nullptr);
}

void TrainingSetupTest::differentLambdasAreRemarkedOn() {
    const auto isRemarked = [this] {
        return !shownSentences().filter("differ in more than normalization").isEmpty();
    };
    QVERIFY(!isRemarked());
    type("L1 batch", "1e-4");
    QVERIFY(isRemarked());
    type("L1 layer", "1e-4");
    type("L1 group", "0.0001");
    QVERIFY(!isRemarked());
}

void TrainingSetupTest::modelsThatCannotSeeDigitsAreRemarkedOn() {
    const auto remark = [](const NetworkSpec& network, int batchSize) {
        TrainingConfig config;
        config.models = {{.label = "layer", .network = {.kind = NormKind::Layer}},
                         {.label = "odd", .network = network}};
        config.batchSize = batchSize;
        return blindnessRemark(config);
    };
    QVERIFY(remark({.kind = NormKind::Instance}, 64).contains("odd"));
    QVERIFY(!remark({.kind = NormKind::Instance}, 64).contains("layer,"));
    QVERIFY(!remark({.kind = NormKind::Group, .groups = {2, 2, 2, 2, 3, 15}}, 64).isEmpty());
    QVERIFY(!remark({.kind = NormKind::Batch}, 1).isEmpty());
    QCOMPARE(remark({.kind = NormKind::Batch}, 2), "");
    QCOMPARE(remark({.kind = NormKind::Group, .groups = {8, 12, 12, 16, 15, 5}}, 1), "");
    QCOMPARE(remark({.kind = NormKind::None}, 1), "");
    QCOMPARE(remark({.kind = NormKind::Layer}, 1), "");

    QVERIFY(shownSentences().filter("flat").isEmpty());
    addModel(NormKind::Instance);
    QCOMPARE(shownSentences().filter("flat").size(), 1);
    named<QToolButton>("Remove instance")->click();
    QVERIFY(shownSentences().filter("flat").isEmpty());
}

void TrainingSetupTest::theWheelScrollsAndChangesNothing() {
    named<QLineEdit>("Seed")->setFocus();
    for (QWidget* field : {static_cast<QWidget*>(named<QSpinBox>("Epochs")),
                           static_cast<QWidget*>(named<QComboBox>("Preset"))}) {
        const QPointF centre = field->rect().center();
        QWheelEvent event(centre, field->mapToGlobal(centre), {}, {0, -120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(field, &event);
    }
    QCOMPARE(panel_->configuration().epochs(), 20);
    QCOMPARE(named<QComboBox>("Preset")->currentText(), "Fair comparison");
}

void TrainingSetupTest::sentencesDoNotWidenThePanel() {
    const int width = panel_->minimumSizeHint().width();
    named<QComboBox>("Preset")->setCurrentText("Tiny batches");
    type("L1 batch", "1e-4");
    type("Groups of group", "2, 2, 5, 2, 3, 3");
    type("Learning rate", "as fast as you can without leaving the road");
    QCoreApplication::processEvents();
    QCOMPARE(panel_->minimumSizeHint().width(), width);
}

void TrainingSetupTest::lockedWhileTraining() {
    panel_->setEditable(false);
    QVERIFY(!named<QSpinBox>("Epochs")->isEnabled());
    panel_->setEditable(true);
    QVERIFY(named<QSpinBox>("Epochs")->isEnabled());
}

}  // namespace normscope

QTEST_MAIN(normscope::TrainingSetupTest)
#include "training_setup_test.moc"
