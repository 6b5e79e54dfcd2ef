#include "ui/misclassified/probability_bars.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/theme.h"

namespace normscope {
namespace {

constexpr double kShown = 0.005;       ///< less than that has no number beside its bar
constexpr int kColumnCharacters = 13;  ///< a column is no narrower

QFontMetricsF metricsOf(const QFont& font) {
    return QFontMetricsF(font);
}

}  // namespace

QString probabilityText(double probability) {
    constexpr double kLeast = 0.0005;  // what one decimal of a percent rounds to something
    if (probability > 0.0 && probability < kLeast) {
        return ProbabilityBars::tr("< %1").arg(
            ProbabilityBars::tr("%1 %").arg(QLocale().toString(0.1, 'f', 1)));
    }
    if (probability < 1.0 && probability > 1.0 - kLeast) {
        return ProbabilityBars::tr("> %1").arg(
            ProbabilityBars::tr("%1 %").arg(QLocale().toString(99.9, 'f', 1)));
    }
    return percentText(probability);
}

ProbabilityBars::ProbabilityBars(QWidget* parent) : Figure(parent) {
    setAccessibleName(tr("Probabilities"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ProbabilityBars::setModels(const Comparison& models) {
    models_ = models;
    answers_.assign(models.size(), std::nullopt);
    updateGeometry();
    update();
}

void ProbabilityBars::setReadings(const std::vector<ModelReading>& readings, int label) {
    label_ = label;
    answers_.assign(models_.size(), std::nullopt);
    for (std::size_t i = 0; i < std::min(models_.size(), readings.size()); ++i) {
        if (readings[i].problem.isEmpty()) {
            answers_[i] = {readings[i].reading.probabilities, readings[i].reading.digit};
        }
    }
    update();
}

void ProbabilityBars::clear() {
    label_ = -1;
    answers_.assign(models_.size(), std::nullopt);
    update();
}

QString ProbabilityBars::spokenValues() const {
    QStringList sentences;
    for (std::size_t i = 0; i < models_.size(); ++i) {
        const Answer* answer = answerOf(i);
        if (answer == nullptr) {
            continue;
        }
        QStringList digits;
        for (int digit = 0; digit < kClassCount; ++digit) {
            digits << tr("%1: %2").arg(
                QLocale().toString(digit),
                probabilityText(answer->probabilities[static_cast<std::size_t>(digit)]));
        }
        sentences << tr("%1 %2. %3.")
                         .arg(models_[i].label, answerText(i), digits.join(QStringLiteral(", ")));
    }
    return sentences.join(' ');
}

QSize ProbabilityBars::minimumSizeHint() const {
    const int width = qRound((kColumnCharacters + 4) * metricsOf(font()).averageCharWidth());
    // One band; layouts ask heightForWidth() for more.
    return {width, static_cast<int>(std::ceil(layOut(width).band - layOut(width).gap))};
}

int ProbabilityBars::heightForWidth(int width) const {
    const Layout layout = layOut(width);
    const int count = std::max(1, static_cast<int>(models_.size()));
    const int bands = (count + layout.columns - 1) / layout.columns;
    return static_cast<int>(std::ceil(bands * layout.band - layout.gap));
}

bool ProbabilityBars::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), cellText(help->pos()), this);
        return true;
    }
    return Figure::event(event);
}

void ProbabilityBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Layout layout = layOut(width());
    for (std::size_t i = 0; i < models_.size(); ++i) {
        if (i % static_cast<std::size_t>(layout.columns) == 0) {
            paintRows(painter, layout, static_cast<int>(i) / layout.columns);
        }
        paintModel(painter, layout, i);
    }
}

ProbabilityBars::Layout ProbabilityBars::layOut(int width) const {
    const QFontMetricsF metrics = metricsOf(font());
    const double unit = gridUnit(this);
    Layout layout;
    layout.digits = metrics.horizontalAdvance('0') + unit;
    layout.gap = 1.5 * unit;
    const double least = kColumnCharacters * metrics.averageCharWidth() + layout.gap;
    const double room = width - layout.digits + layout.gap;
    const int most = std::max(1, static_cast<int>(room / least));
    const int count = std::max(1, static_cast<int>(models_.size()));
    // Bands of equal length where one is not enough.
    const int bands = (count + most - 1) / most;
    layout.columns = (count + bands - 1) / bands;
    layout.column = room / layout.columns;
    layout.line = std::ceil(metrics.height());
    layout.row = std::ceil(metrics.height() * 1.05);
    layout.band = 2.0 * layout.line + unit / 2.0 + kClassCount * layout.row + layout.gap;
    return layout;
}

/// Of the bar and its number.
QRectF ProbabilityBars::placeOf(const Layout& layout, std::size_t model, int digit) const {
    const auto columns = static_cast<std::size_t>(layout.columns);
    const std::size_t band = model / columns;
    const double top = static_cast<double>(band) * layout.band + 2.0 * layout.line +
                       gridUnit(this) / 2.0 + digit * layout.row;
    const double left = layout.digits + static_cast<double>(model % columns) * layout.column;
    return {left, top, layout.column - layout.gap, layout.row};
}

const ProbabilityBars::Answer* ProbabilityBars::answerOf(std::size_t model) const {
    return model < answers_.size() && answers_[model] ? &*answers_[model] : nullptr;
}

/// The digits at the left, and a stripe behind the true one.
void ProbabilityBars::paintRows(QPainter& painter, const Layout& layout, int band) const {
    const std::size_t first =
        static_cast<std::size_t>(band) * static_cast<std::size_t>(layout.columns);
    for (int digit = 0; digit < kClassCount; ++digit) {
        const QRectF place = placeOf(layout, first, digit);
        const QRectF row(0.0, place.top(), width(), layout.row);
        if (digit == label_) {
            painter.fillRect(row,
                             blend(look().palette.color(QPalette::Window), look().text(), 0.07));
        }
        painter.setFont(digit == label_ ? look().bold() : look().font);
        painter.setPen(digit == label_ ? look().text() : look().muted());
        painter.drawText(row.adjusted(2.0, 0.0, 0.0, 0.0), Qt::AlignLeft | Qt::AlignVCenter,
                         QLocale().toString(digit));
    }
}

void ProbabilityBars::paintModel(QPainter& painter, const Layout& layout, std::size_t model) const {
    const QFontMetricsF metrics = metricsOf(font());
    const QRectF first = placeOf(layout, model, 0);
    const QRectF head(first.left(), first.top() - 2.0 * layout.line - gridUnit(this) / 2.0,
                      first.width(), layout.line);
    const double swatch = 2.5 * metrics.averageCharWidth();
    paintSwatch(painter, QRectF(head.left(), head.top(), swatch, head.height()).toRect(),
                models_[model].style(isDark(palette())));
    painter.setFont(look().font);
    painter.setPen(look().text());
    const QRectF name = head.adjusted(swatch + gridUnit(this) / 2.0, 0.0, 0.0, 0.0);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(models_[model].label, Qt::ElideMiddle, name.width()));
    const Answer* answer = answerOf(model);
    const bool wrong = answer != nullptr && label_ >= 0 && answer->digit != label_;
    painter.setFont(wrong ? look().bold() : look().font);
    painter.setPen(wrong ? look().text() : look().muted());
    painter.drawText(head.translated(0.0, layout.line), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(answerText(model), Qt::ElideRight, head.width()));
    for (int digit = 0; digit < kClassCount; ++digit) {
        paintBar(painter, placeOf(layout, model, digit), model, digit);
    }
}

void ProbabilityBars::paintBar(QPainter& painter, const QRectF& place, std::size_t model,
                               int digit) const {
    const QFontMetricsF metrics = metricsOf(look().bold());
    const double numbers =
        metrics.horizontalAdvance(QStringLiteral("> %1").arg(percentText(0.999))) +
        gridUnit(this) / 2.0;
    const double thick = std::round(place.height() * 0.5);
    const QRectF axis(place.left(), place.center().y() - thick / 2.0, place.width() - numbers,
                      thick);
    painter.fillRect(QRectF(axis.left(), axis.bottom() - 1.0, axis.width(), 1.0),
                     look().hairline());
    const Answer* answer = answerOf(model);
    if (answer == nullptr) {
        return;
    }
    const double probability = answer->probabilities[static_cast<std::size_t>(digit)];
    painter.fillRect(QRectF(axis.left(), axis.top(), axis.width() * probability, axis.height()),
                     models_[model].style(isDark(palette())).color);
    if (probability >= kShown) {
        const bool chosen = digit == answer->digit;
        painter.setFont(chosen ? look().bold() : look().font);
        painter.setPen(chosen ? look().text() : look().muted());
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, probabilityText(probability));
    }
}

QString ProbabilityBars::answerText(std::size_t model) const {
    const Answer* answer = answerOf(model);
    if (answer == nullptr) {
        return {};
    }
    const QString digit = QLocale().toString(answer->digit);
    return label_ >= 0 && answer->digit != label_ ? tr("misreads a %1").arg(digit)
                                                  : tr("reads a %1").arg(digit);
}

QString ProbabilityBars::cellText(QPoint at) const {
    const Layout layout = layOut(width());
    for (std::size_t i = 0; i < models_.size(); ++i) {
        const Answer* answer = answerOf(i);
        for (int digit = 0; answer != nullptr && digit < kClassCount; ++digit) {
            if (placeOf(layout, i, digit).contains(at)) {
                const double percent =
                    100.0 * answer->probabilities[static_cast<std::size_t>(digit)];
                return tr("%1: %2 with %3 %")
                    .arg(models_[i].label, QLocale().toString(digit),
                         QLocale().toString(percent, 'f', 4));
            }
        }
    }
    return {};
}

}  // namespace normscope
