#include "ui/preferences_panel.h"

#include <QCheckBox>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <memory>

namespace normscope {
namespace {

constexpr int kCores = 8;
const Settings kShown{
    .theme = Settings::Theme::Dark, .textScale = 140, .motion = false, .threads = 2};

}  // namespace

class PreferencesPanelTest : public QObject {
    Q_OBJECT

  private slots:
    void init() { panel_ = std::make_unique<PreferencesPanel>(kShown, kCores); }
    void showsTheSettings();
    void tellsEachChange();
    void theTextSizeMovesInSteps();
    void threadsStopAtTheCores();
    void oneCoreLeavesNoChoice();

  private:
    template <class Control>
    Control* control() const {
        return panel_->findChild<Control*>();
    }
    QRadioButton* theme(const QString& name) const;

    std::unique_ptr<PreferencesPanel> panel_;
};

QRadioButton* PreferencesPanelTest::theme(const QString& name) const {
    for (auto* button : panel_->findChildren<QRadioButton*>()) {
        if (button->text() == name) {
            return button;
        }
    }
    return nullptr;
}

void PreferencesPanelTest::showsTheSettings() {
    QVERIFY(theme("Dark")->isChecked());
    QCOMPARE(control<QSlider>()->value(), 140);
    QVERIFY(!control<QCheckBox>()->isChecked());
    QCOMPARE(control<QSpinBox>()->value(), 2);
}

void PreferencesPanelTest::tellsEachChange() {
    Settings expected = kShown;
    Settings told;
    int times = 0;
    connect(panel_.get(), &PreferencesPanel::settingsChanged, this, [&](const Settings& settings) {
        told = settings;
        ++times;
    });

    theme("Light")->click();
    expected.theme = Settings::Theme::Light;
    QVERIFY(told == expected);

    control<QSlider>()->setValue(200);
    expected.textScale = 200;
    QVERIFY(told == expected);

    control<QCheckBox>()->click();
    expected.motion = true;
    QVERIFY(told == expected);

    control<QSpinBox>()->setValue(5);
    expected.threads = 5;
    QVERIFY(told == expected);

    QCOMPARE(times, 4);
    QVERIFY(panel_->settings() == expected);
}

void PreferencesPanelTest::theTextSizeMovesInSteps() {
    QSignalSpy changed(panel_.get(), &PreferencesPanel::settingsChanged);
    control<QSlider>()->setValue(143);
    QCOMPARE(control<QSlider>()->value(), 140);
    QCOMPARE(changed.size(), 0);
    control<QSlider>()->setValue(147);
    QCOMPARE(panel_->settings().textScale, 150);
    QCOMPARE(changed.size(), 1);
    QTest::keyClick(control<QSlider>(), Qt::Key_Right);
    QCOMPARE(panel_->settings().textScale, 160);
}

void PreferencesPanelTest::threadsStopAtTheCores() {
    control<QSpinBox>()->setValue(100);
    QCOMPARE(panel_->settings().threads, kCores);
    control<QSpinBox>()->setValue(0);
    QCOMPARE(panel_->settings().threads, 1);
}

void PreferencesPanelTest::oneCoreLeavesNoChoice() {
    panel_ = std::make_unique<PreferencesPanel>(Settings{}, /*cores=*/1);
    QVERIFY(!control<QSpinBox>()->isEnabled());
}

}  // namespace normscope

QTEST_MAIN(normscope::PreferencesPanelTest)
#include "preferences_panel_test.moc"
