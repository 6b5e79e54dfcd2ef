#include "ui/preferences_panel.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>
#include <utility>

#include "ui/panel_text.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kTextScaleStep = 10;

QVBoxLayout* makeSection(QWidget* section) {
    auto* column = new QVBoxLayout(section);
    column->setContentsMargins(0, 0, 0, 0);
    return column;
}

QString percent(int value) {
    //: A text scale, such as 150 %
    return PreferencesPanel::tr("%1 %").arg(QLocale().toString(value));
}

}  // namespace

PreferencesPanel::PreferencesPanel(const Settings& settings, int cores, QWidget* parent)
    : QWidget(parent), settings_(settings) {
    auto* column = makeSection(this);
    column->setSpacing(3 * gridUnit(font()));
    column->addWidget(makeThemeChoice());
    column->addWidget(makeTextScale());
    column->addWidget(makeMotion());
    column->addWidget(makeThreads(cores));
    column->addStretch();
}

QWidget* PreferencesPanel::makeThemeChoice() {
    auto* section = new QWidget;
    auto* column = makeSection(section);
    column->addWidget(makeHeading(tr("Theme")));
    auto* choice = new QButtonGroup(section);
    const std::pair<Settings::Theme, QString> themes[] = {
        {Settings::Theme::System, tr("System")},
        {Settings::Theme::Light, tr("Light")},
        {Settings::Theme::Dark, tr("Dark")},
    };
    for (const auto& [theme, name] : themes) {
        auto* button = new QRadioButton(name);
        choice->addButton(button, static_cast<int>(theme));
        column->addWidget(button);
    }
    choice->button(static_cast<int>(settings_.theme))->setChecked(true);
    connect(choice, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (checked) {
            edit([id](Settings& settings) { settings.theme = static_cast<Settings::Theme>(id); });
        }
    });
    return section;
}

QWidget* PreferencesPanel::makeTextScale() {
    auto* section = new QWidget;
    auto* column = makeSection(section);
    auto* heading = new QHBoxLayout;
    auto* value = new QLabel(percent(settings_.textScale));
    heading->addWidget(makeHeading(tr("Text size")), 1);
    heading->addWidget(value);
    column->addLayout(heading);

    auto* slider = new QSlider(Qt::Horizontal);
    slider->setAccessibleName(tr("Text size"));
    slider->setRange(kSmallestTextScale, kLargestTextScale);
    slider->setSingleStep(kTextScaleStep);
    slider->setPageStep(kTextScaleStep);
    slider->setValue(settings_.textScale);
    column->addWidget(slider);
    column->addWidget(makeRemark(tr("For a projector, so that the last row can read.")));

    // In steps, since every one of them lays out the whole window anew.
    connect(slider, &QSlider::valueChanged, this, [this, slider, value](int wanted) {
        const int scale = (wanted + kTextScaleStep / 2) / kTextScaleStep * kTextScaleStep;
        if (scale != wanted) {
            slider->setValue(scale);
            return;
        }
        value->setText(percent(scale));
        edit([scale](Settings& settings) { settings.textScale = scale; });
    });
    return section;
}

QWidget* PreferencesPanel::makeMotion() {
    auto* section = new QWidget;
    auto* column = makeSection(section);
    column->addWidget(makeHeading(tr("Motion")));
    auto* box = new QCheckBox(tr("Panels slide in, regrouping glides"));
    box->setChecked(settings_.motion);
    column->addWidget(box);
    connect(box, &QCheckBox::toggled, this, [this](bool motion) {
        edit([motion](Settings& settings) { settings.motion = motion; });
    });
    return section;
}

QWidget* PreferencesPanel::makeThreads(int cores) {
    auto* section = new QWidget;
    auto* column = makeSection(section);
    column->addWidget(makeHeading(tr("Threads per model")));
    auto* threads = new QSpinBox;
    threads->setAccessibleName(tr("Threads per model"));
    threads->setRange(1, cores);
    threads->setValue(settings_.threads);
    threads->setEnabled(cores > 1);
    auto* row = new QHBoxLayout;
    row->addWidget(threads);
    row->addStretch();
    column->addLayout(row);
    column->addWidget(makeRemark(
        tr("How many processor cores each model computes on from the next start; 1 is best when "
           "several models train at once, and another number can change the last digits.")));
    connect(threads, &QSpinBox::valueChanged, this,
            [this](int count) { edit([count](Settings& settings) { settings.threads = count; }); });
    return section;
}

template <class Change>
void PreferencesPanel::edit(Change change) {
    const Settings before = settings_;
    change(settings_);
    if (settings_ != before) {
        emit settingsChanged(settings_);
    }
}

}  // namespace normscope
