#include "ui/chart/export_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>

#include "ui/chart/metric_chart.h"

namespace normscope {
namespace {

constexpr int kPreviewDelay = 150;  // ms; typing a number must not draw a picture for each digit
constexpr int kPreviewHeight = 200;

QSpinBox* pixelBox(int value, const QString& name) {
    auto* box = new QSpinBox;
    box->setRange(200, 8000);
    box->setSingleStep(100);
    box->setValue(value);
    box->setSuffix(ExportPanel::tr(" px"));
    box->setAccessibleName(name);
    return box;
}

}  // namespace

ExportPanel::ExportPanel(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Export picture"));
    folder_ = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    previewTimer_ = new QTimer(this);
    previewTimer_->setSingleShot(true);
    previewTimer_->setInterval(kPreviewDelay);
    connect(previewTimer_, &QTimer::timeout, this, &ExportPanel::updatePreview);

    preview_ = new QLabel;
    preview_->setAlignment(Qt::AlignCenter);
    preview_->setMinimumHeight(kPreviewHeight);
    preview_->setAccessibleName(tr("Preview"));
    result_ = new QLabel;
    result_->setWordWrap(true);
    result_->setTextFormat(Qt::PlainText);
    result_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    result_->setAccessibleName(tr("Result"));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(16);
    layout->addLayout(makeForm());
    layout->addWidget(preview_, 1);
    layout->addLayout(makeButtons());
    layout->addWidget(result_);
    setCharts({});
}

QLayout* ExportPanel::makeForm() {
    chart_ = new QComboBox;
    chart_->setAccessibleName(tr("Chart"));
    format_ = new QComboBox;
    format_->setAccessibleName(tr("Format"));
    format_->addItem(tr("PNG, pixels"), static_cast<int>(PictureFormat::Png));
    format_->addItem(tr("SVG, vectors"), static_cast<int>(PictureFormat::Svg));
    format_->addItem(tr("PDF, vectors"), static_cast<int>(PictureFormat::Pdf));
    const PictureOptions defaults;
    width_ = pixelBox(defaults.size.width(), tr("Picture width"));
    height_ = pixelBox(defaults.size.height(), tr("Picture height"));
    scale_ = new QDoubleSpinBox;
    scale_->setRange(0.5, 4.0);
    scale_->setSingleStep(0.5);
    scale_->setDecimals(1);
    scale_->setValue(defaults.scale);
    scale_->setSuffix(tr("x"));
    scale_->setAccessibleName(tr("Scale"));
    pixels_ = new QLabel;

    auto* form = new QFormLayout;
    form->setSpacing(8);
    form->addRow(tr("C&hart"), chart_);
    form->addRow(tr("&Format"), format_);
    form->addRow(tr("&Width"), width_);
    form->addRow(tr("H&eight"), height_);
    form->addRow(tr("Sca&le"), scale_);
    form->addRow(QString(), pixels_);

    for (QComboBox* box : {chart_, format_}) {
        connect(box, &QComboBox::currentIndexChanged, this, &ExportPanel::schedulePreview);
    }
    for (QSpinBox* box : {width_, height_}) {
        connect(box, &QSpinBox::valueChanged, this, &ExportPanel::schedulePreview);
    }
    connect(scale_, &QDoubleSpinBox::valueChanged, this, &ExportPanel::schedulePreview);
    return form;
}

QLayout* ExportPanel::makeButtons() {
    auto* save = new QPushButton(tr("&Save as..."));
    save->setDefault(true);
    connect(save, &QPushButton::clicked, this, &ExportPanel::askForFile);
    auto* copy = new QPushButton(tr("&Copy to clipboard"));
    connect(copy, &QPushButton::clicked, this, &ExportPanel::copyToClipboard);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(save);
    buttons->addWidget(copy);
    buttons->addStretch();
    return buttons;
}

void ExportPanel::setCharts(const std::vector<MetricChart*>& charts) {
    charts_ = charts;
    chart_->clear();
    chart_->addItem(tr("All charts as one sheet"));
    for (const MetricChart* chart : charts_) {
        chart_->addItem(chart->content().description.title);
    }
    schedulePreview();
}

void ExportPanel::setCaption(const QString& caption) {
    caption_ = caption;
    schedulePreview();
}

void ExportPanel::choose(int chart) {
    chart_->setCurrentIndex(chart + 1);
    say(QString());
}

PictureOptions ExportPanel::options() const {
    return {{width_->value(), height_->value()}, scale_->value()};
}

PictureFormat ExportPanel::format() const {
    return static_cast<PictureFormat>(format_->currentData().toInt());
}

std::vector<PictureChart> ExportPanel::chosenCharts() const {
    std::vector<PictureChart> chosen;
    for (std::size_t chart = 0; chart < charts_.size(); ++chart) {
        const int choice = chart_->currentIndex() - 1;
        if (choice == kAllCharts || choice == static_cast<int>(chart)) {
            chosen.push_back({&charts_[chart]->content(), charts_[chart]->view()});
        }
    }
    return chosen;
}

QString ExportPanel::suggestedName() const {
    const QString name =
        chart_->currentIndex() == 0 ? tr("Training charts") : chart_->currentText();
    return QDir(folder_).filePath(name + fileSuffix(format()));
}

void ExportPanel::askForFile() {
    const QString suffix = fileSuffix(format());
    auto* dialog =
        new QFileDialog(this, tr("Save picture"), suggestedName(), tr("Picture (*%1)").arg(suffix));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix.mid(1));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportPanel::save);
    dialog->open();
}

bool ExportPanel::save(const QString& path) {
    const auto problem = writeChartPicture(path, format(), chosenCharts(), caption_, options());
    say(problem ? *problem : tr("Saved as %1.").arg(QDir::toNativeSeparators(path)));
    if (!problem) {
        folder_ = QFileInfo(path).absolutePath();
    }
    return !problem;
}

void ExportPanel::copyToClipboard() {
    const QImage image = chartImage(chosenCharts(), caption_, options());
    if (image.isNull()) {
        say(tr("There is not enough memory for so many pixels."));
        return;
    }
    QApplication::clipboard()->setImage(image);
    say(tr("Copied to the clipboard, %1 x %2 pixels.").arg(image.width()).arg(image.height()));
}

void ExportPanel::schedulePreview() {
    scale_->setEnabled(format() == PictureFormat::Png);
    const PictureOptions chosen = options();
    const QSize size = (QSizeF(chosen.size) * chosen.scale).toSize();
    pixels_->setText(format() == PictureFormat::Png
                         ? tr("%L1 x %L2 pixels").arg(size.width()).arg(size.height())
                         : tr("Sharp at every size"));
    if (isVisible()) {
        previewTimer_->start();
    }
}

/// The picture itself at the scale that fits, so that the preview cannot lie about the layout.
void ExportPanel::updatePreview() {
    const QSizeF room = QSizeF(preview_->width(), preview_->height());
    PictureOptions small = options();
    const QSizeF fitted = QSizeF(small.size).scaled(room, Qt::KeepAspectRatio);
    small.scale = fitted.width() / small.size.width() * devicePixelRatioF();
    QPixmap picture = QPixmap::fromImage(chartImage(chosenCharts(), caption_, small));
    picture.setDevicePixelRatio(devicePixelRatioF());
    preview_->setPixmap(picture);
}

void ExportPanel::say(const QString& sentence) {
    result_->setText(sentence);
}

void ExportPanel::resizeEvent(QResizeEvent*) {
    schedulePreview();
}

void ExportPanel::showEvent(QShowEvent*) {
    say(QString());
    schedulePreview();
}

}  // namespace normscope
