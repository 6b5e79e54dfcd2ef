#include "ui/picture/export_panel.h"

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

namespace normscope {
namespace {

constexpr int kPreviewDelay = 150;  // ms; typing a number must not draw a picture for each digit
constexpr int kPreviewHeight = 200;
constexpr int kSmallestSide = 200;  // logical pixels of a picture
constexpr int kLargestSide = 8000;

QSpinBox* pixelBox(int value, const QString& name) {
    auto* box = new QSpinBox;
    box->setRange(kSmallestSide, kLargestSide);
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
    setPictures({});
}

QLayout* ExportPanel::makeForm() {
    picture_ = new QComboBox;
    picture_->setAccessibleName(tr("Picture"));
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
    form->addRow(tr("P&icture"), picture_);
    form->addRow(tr("&Format"), format_);
    form->addRow(tr("&Width"), width_);
    form->addRow(tr("H&eight"), height_);
    form->addRow(tr("Sca&le"), scale_);
    form->addRow(QString(), pixels_);

    connect(picture_, &QComboBox::currentIndexChanged, this, &ExportPanel::takeNaturalSize);
    connect(format_, &QComboBox::currentIndexChanged, this, &ExportPanel::schedulePreview);
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

void ExportPanel::setPictures(std::vector<Picture> pictures) {
    pictures_ = std::move(pictures);
    picture_->clear();
    for (const Picture& picture : pictures_) {
        picture_->addItem(picture.title);
    }
    schedulePreview();
}

void ExportPanel::setCaption(const QString& caption) {
    caption_ = caption;
    schedulePreview();
}

void ExportPanel::choose(int picture) {
    picture_->setCurrentIndex(picture);
    say(QString());
}

const Picture* ExportPanel::chosen() const {
    const int index = picture_->currentIndex();
    return index < 0 ? nullptr : &pictures_[static_cast<std::size_t>(index)];
}

/// A picture that is larger than the fields allow keeps its proportions.
void ExportPanel::takeNaturalSize() {
    if (const Picture* picture = chosen()) {
        const QSize largest(kLargestSide, kLargestSide);
        QSize size = picture->naturalSize;
        if (size != size.boundedTo(largest)) {
            size.scale(largest, Qt::KeepAspectRatio);
        }
        width_->setValue(size.width());
        height_->setValue(size.height());
    }
    schedulePreview();
}

PictureOptions ExportPanel::options() const {
    return {{width_->value(), height_->value()}, scale_->value()};
}

PictureFormat ExportPanel::format() const {
    return static_cast<PictureFormat>(format_->currentData().toInt());
}

QString ExportPanel::suggestedName() const {
    return QDir(folder_).filePath(picture_->currentText() + fileSuffix(format()));
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
    const Picture* picture = chosen();
    if (!picture) {
        return false;
    }
    const auto problem = writePicture(path, format(), *picture, caption_, options());
    say(problem ? *problem : tr("Saved as %1.").arg(QDir::toNativeSeparators(path)));
    if (!problem) {
        folder_ = QFileInfo(path).absolutePath();
    }
    return !problem;
}

void ExportPanel::copyToClipboard() {
    const Picture* picture = chosen();
    if (!picture) {
        return;
    }
    const QImage image = pictureImage(*picture, caption_, options());
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
    const Picture* picture = chosen();
    if (!picture) {
        return;
    }
    const QSizeF room = QSizeF(preview_->width(), preview_->height());
    PictureOptions small = options();
    const QSizeF fitted = QSizeF(small.size).scaled(room, Qt::KeepAspectRatio);
    small.scale = fitted.width() / small.size.width() * devicePixelRatioF();
    QPixmap preview = QPixmap::fromImage(pictureImage(*picture, caption_, small));
    preview.setDevicePixelRatio(devicePixelRatioF());
    preview_->setPixmap(preview);
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
