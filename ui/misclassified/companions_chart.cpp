#include "ui/misclassified/companions_chart.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/misclassified/probability_bars.h"
#include "ui/theme.h"

namespace normscope {
namespace {

/// Single precision differs by less between a mini-batch and an image alone.
constexpr double kStill = 1e-5;

double rowHeight(const QFont& font) {
    return std::ceil(1.5 * QFontMetricsF(font).height());
}

QString listed(const QStringList& names) {
    if (names.size() < 2) {
        return names.join(QString());
    }
    return CompanionsChart::tr("%1 and %2")
        .arg(QStringList(names.mid(0, names.size() - 1)).join(QStringLiteral(", ")), names.last());
}

/// In percentage points, with as many decimals as it takes to be something.
QString pointsText(double spread) {
    const double points = 100.0 * spread;
    const int decimals =
        points >= 1.0 ? 1 : std::min(4, 1 - static_cast<int>(std::floor(std::log10(points))));
    return QLocale().toString(points, 'f', decimals);
}

}  // namespace

double CompanionTrials::spread() const {
    const auto [low, high] = std::ranges::minmax(together);
    return high - low;
}

QString companionsSentence(const Comparison& models,
                           const std::vector<std::optional<CompanionTrials>>& trials) {
    QStringList moved;
    QStringList still;
    bool anyOnce = false;
    for (std::size_t i = 0; i < std::min(models.size(), trials.size()); ++i) {
        if (!trials[i] || trials[i]->together.empty()) {
            continue;
        }
        if (trials[i]->together.size() < 2) {
            anyOnce = true;
            continue;
        }
        if (const double spread = trials[i]->spread(); spread > kStill) {
            moved << CompanionsChart::tr("%1 by %2 percentage points")
                         .arg(models[i].label, pointsText(spread));
        } else {
            still << models[i].label;
        }
    }
    if (moved.isEmpty() && still.isEmpty()) {
        return anyOnce ? CompanionsChart::tr(
                             "One set of companions does not tell yet whether they "
                             "move a probability: reshuffle them.")
                       : QString();
    }
    if (moved.isEmpty()) {
        return CompanionsChart::tr("Companions did not move the probability of %1.")
            .arg(listed(still));
    }
    const QString first =
        CompanionsChart::tr("Companions moved the probability of %1.").arg(listed(moved));
    return still.isEmpty()
               ? first
               : first + ' ' + CompanionsChart::tr("Those of %1 stood still.").arg(listed(still));
}

CompanionsChart::CompanionsChart(QWidget* parent) : Figure(parent) {
    setAccessibleName(tr("Probability among companions"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CompanionsChart::setTrials(const Comparison& models,
                                std::vector<std::optional<CompanionTrials>> trials) {
    models_ = models;
    trials_ = std::move(trials);
    trials_.resize(models_.size());
    updateGeometry();
    update();
}

QString CompanionsChart::spokenValues() const {
    QStringList sentences;
    for (std::size_t i = 0; i < models_.size(); ++i) {
        if (!trials_[i]) {
            continue;
        }
        QStringList together;
        for (const double probability : trials_[i]->together) {
            together << probabilityText(probability);
        }
        sentences << tr("%1, a %2: %3 in evaluation mode, %4 among companions.")
                         .arg(models_[i].label, QLocale().toString(trials_[i]->digit),
                              probabilityText(trials_[i]->evaluated),
                              together.join(QStringLiteral(", ")));
    }
    return sentences.join(' ');
}

QSize CompanionsChart::minimumSizeHint() const {
    const QFontMetricsF metrics(font());
    const double rows = std::max<double>(1.0, static_cast<double>(models_.size()));
    return {qRound(30.0 * metrics.averageCharWidth()),
            qRound(rows * rowHeight(font()) + metrics.height() + gridUnit(this))};
}

void CompanionsChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetricsF metrics(font());
    double names = 0.0;
    for (const ComparedModel& model : models_) {
        names = std::max(names, metrics.horizontalAdvance(model.label));
    }
    const double swatch = 2.5 * metrics.averageCharWidth() + gridUnit(this);
    names = std::min(names + swatch + gridUnit(this), 0.4 * width());
    const double height = rowHeight(font());
    for (std::size_t i = 0; i < models_.size(); ++i) {
        paintRow(painter, QRectF(0.0, static_cast<double>(i) * height, width(), height), names, i);
    }
    const double bottom = static_cast<double>(models_.size()) * height;
    const double margin = gridUnit(this);
    paintAxis(painter,
              QRectF(names + margin, bottom, width() - names - 2.0 * margin, metrics.height()));
}

void CompanionsChart::paintRow(QPainter& painter, const QRectF& row, double names,
                               std::size_t model) const {
    const QFontMetricsF metrics(font());
    const CurveStyle style = models_[model].style(isDark(palette()));
    const double swatch = 2.5 * metrics.averageCharWidth();
    paintSwatch(painter, QRectF(0.0, row.top(), swatch, row.height()).toRect(), style);
    painter.setFont(look().font);
    painter.setPen(look().text());
    const QRectF name(swatch + gridUnit(this), row.top(), names - swatch - gridUnit(this),
                      row.height());
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(models_[model].label, Qt::ElideMiddle, name.width()));
    const double margin = gridUnit(this);
    const double left = names + margin;
    const double length = row.width() - names - 2.0 * margin;
    const double middle = row.center().y();
    painter.setPen(QPen(look().hairline(), 1.0));
    painter.drawLine(QPointF(left, middle), QPointF(left + length, middle));
    if (!trials_[model]) {
        return;
    }
    const CompanionTrials& trials = *trials_[model];
    const double tick = left + trials.evaluated * length;
    painter.setPen(QPen(look().text(), 2.0));
    painter.drawLine(QPointF(tick, row.top() + 0.15 * row.height()),
                     QPointF(tick, row.bottom() - 0.15 * row.height()));
    const double side = gridUnit(this);
    for (std::size_t i = 0; i < trials.together.size(); ++i) {
        const bool newest = i + 1 == trials.together.size();
        const double radius = newest ? 0.5 * side : 0.35 * side;
        painter.setPen(QPen(style.color, 1.5));
        painter.setBrush(newest ? QBrush(style.color) : QBrush(Qt::NoBrush));
        painter.drawEllipse(QPointF(left + trials.together[i] * length, middle), radius, radius);
    }
}

void CompanionsChart::paintAxis(QPainter& painter, const QRectF& axis) const {
    painter.setFont(look().font);
    painter.setPen(look().muted());
    for (const double share : {0.0, 0.5, 1.0}) {
        const QString text = percentText(share);
        const double half = QFontMetricsF(font()).horizontalAdvance(text) / 2.0 + 1.0;
        const double at = std::min(axis.left() + share * axis.width(), width() - half);
        painter.drawText(QRectF(at - half, axis.top(), 2.0 * half, axis.height()), Qt::AlignCenter,
                         text);
    }
}

}  // namespace normscope
