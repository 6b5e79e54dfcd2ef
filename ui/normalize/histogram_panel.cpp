#include "ui/normalize/histogram_panel.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

#include "ui/normalize/sheet_document.h"
#include "ui/normalize/sheet_painter.h"
#include "ui/theme.h"

namespace normscope {
namespace {

constexpr int kBins = 28;
constexpr int kPauseMilliseconds = 30;
constexpr int kGap = 24;
constexpr QSize kPictureSize{1200, 360};
constexpr int kLeastWidth = 14;  ///< of one histogram, in digits
constexpr int kLeastHeight = 6;  ///< in lines
constexpr int kUsualHeight = 8;

std::array<const Tensor4*, 3> tensorsOf(const SheetDocument& document) {
    return {document.state().input.get(), &document.trace().normalized, &document.trace().output};
}

std::array<QString, 3> titles() {
    return {HistogramPanel::tr("Before: x"), HistogramPanel::tr("Normalized: x̂"),
            HistogramPanel::tr("After γ and β: y")};
}

Distribution wholeOf(const Tensor4& tensor) {
    const std::array pieces{std::span<const double>(tensor.values)};
    return distributionOf(pieces, rangeOf(tensor.values), kBins);
}

/// Of one set, on the axis of the whole.
Distribution partOf(const Tensor4& tensor, const StatisticsSet& set, const Histogram& axis) {
    const Shape4& shape = tensor.shape;
    const int first = set.image.value_or(0);
    const int last = set.image.value_or(shape.images - 1);
    const auto length = static_cast<std::size_t>(set.channels * shape.plane());
    std::vector<std::span<const double>> pieces;
    for (int image = first; image <= last; ++image) {
        pieces.push_back(std::span<const double>(tensor.values)
                             .subspan(offsetOf(shape, {image, set.firstChannel, 0, 0}), length));
    }
    return distributionOf(pieces, {axis.low, axis.high}, kBins);
}

void paintHistograms(QPainter& painter, const QRectF& area,
                     const std::array<ValueHistogram, 3>& contents, const QPalette& palette,
                     const QFont& font) {
    const bool beside = area.width() > area.height();
    const qreal room = (beside ? area.width() : area.height()) - 2.0 * kGap;
    const qreal length = room / 3.0;
    for (std::size_t i = 0; i < contents.size(); ++i) {
        const qreal start = static_cast<qreal>(i) * (length + kGap);
        const QRectF place = beside ? QRectF(area.left() + start, area.top(), length, area.height())
                                    : QRectF(area.left(), area.top() + start, area.width(), length);
        paintHistogram(painter, place, contents[i], palette, font);
    }
}

}  // namespace

HistogramPanel::HistogramPanel(SheetDocument& document, QWidget* parent)
    : QWidget(parent), document_(document) {
    setAccessibleName(tr("Histograms"));
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &HistogramPanel::countNext);
    connect(&document_, &SheetDocument::changed, this, &HistogramPanel::takeDocument);
    counted_ = document_.state();
}

void HistogramPanel::setSet(std::optional<int> set) {
    if (set != set_) {
        set_ = set;
        partsStale_ = true;
        countSoon(kPauseMilliseconds);
    }
}

Picture HistogramPanel::picture() const {
    Contents contents;
    const auto names = titles();
    const auto tensors = tensorsOf(document_);
    for (std::size_t i = 0; i < contents.size(); ++i) {
        contents[i] = {names[i], wholeOf(*tensors[i]), {}};
    }
    const QFont font = applicationFont(100);
    return {tr("Histograms"), kPictureSize, [contents, font](QPainter& painter, QSize size) {
                const QRectF page({}, QSizeF(size));
                painter.fillRect(page, lightPalette().color(QPalette::Base));
                paintHistograms(painter, page.marginsRemoved({kGap, kGap, kGap, kGap}), contents,
                                lightPalette(), font);
            }};
}

QSize HistogramPanel::sizeHint() const {
    const QFontMetrics metrics = fontMetrics();
    return {3 * kLeastWidth * metrics.averageCharWidth(), kUsualHeight * metrics.height()};
}

QSize HistogramPanel::minimumSizeHint() const {
    const QFontMetrics metrics = fontMetrics();
    return {kLeastWidth * metrics.averageCharWidth(), kLeastHeight * metrics.height()};
}

void HistogramPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintHistograms(painter, rect(), contents_, palette(), font());
}

void HistogramPanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    countSoon(0);
}

void HistogramPanel::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
    } else if (event->type() == QEvent::PaletteChange) {
        partsStale_ = true;
        countSoon(kPauseMilliseconds);
    }
}

void HistogramPanel::takeDocument() {
    const SheetState& state = document_.state();
    const bool sameInput = state.input == counted_.input;
    const bool sameNormalized = sameInput && state.spec == counted_.spec &&
                                state.training == counted_.training &&
                                (!state.usesRunning() || state.running == counted_.running);
    stale_[0] |= !sameInput;
    stale_[1] |= !sameNormalized;
    stale_[2] = true;
    partsStale_ = true;
    counted_ = state;
    countSoon(kPauseMilliseconds);
}

/// A series of changes is counted at a steady pace, not put off to its end.
void HistogramPanel::countSoon(int milliseconds) {
    const bool stale = partsStale_ || std::find(stale_.begin(), stale_.end(), true) != stale_.end();
    if (stale && isVisible() && !timer_.isActive()) {
        timer_.start(milliseconds);
    }
}

void HistogramPanel::countNext() {
    if (!isVisible()) {
        return;  // until it is shown again
    }
    const auto tensors = tensorsOf(document_);
    const auto next = std::find(stale_.begin(), stale_.end(), true);
    if (next != stale_.end()) {
        const auto i = static_cast<std::size_t>(next - stale_.begin());
        contents_[i].title = titles()[i];
        contents_[i].all = wholeOf(*tensors[i]);
        *next = false;
        countSoon(0);
        return;
    }
    for (std::size_t i = 0; i < contents_.size(); ++i) {
        countPart(i);
    }
    partsStale_ = false;
    describe();
    update();
    emit counted();
}

void HistogramPanel::countPart(std::size_t tensor) {
    ValueHistogram& content = contents_[tensor];
    const std::vector<StatisticsSet>& sets = document_.trace().sets;
    content.part.reset();
    if (set_ && static_cast<std::size_t>(*set_) < sets.size()) {
        content.part = {setLabel(*set_), setColours(*set_, palette()).line,
                        partOf(*tensorsOf(document_)[tensor], sets[static_cast<std::size_t>(*set_)],
                               content.all.histogram)};
    }
}

void HistogramPanel::describe() {
    QStringList sentences;
    for (const ValueHistogram& content : contents_) {
        sentences << tr("%1. All: %2.").arg(content.title, momentsText(content.all));
        if (content.part) {
            sentences << tr("%1: %2.").arg(content.part->label,
                                           momentsText(content.part->distribution));
        }
    }
    setAccessibleDescription(sentences.join(' '));
}

}  // namespace normscope
