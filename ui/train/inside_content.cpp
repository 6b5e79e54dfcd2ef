#include "ui/train/inside_content.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/affine/figure.h"

namespace normscope {
namespace {

struct InsideTexts {
    Q_DECLARE_TR_FUNCTIONS(Inside)
};
using Texts = InsideTexts;

/// All values that the records and histograms of one side hold.
class Extent {
  public:
    void add(double value) {
        low_ = std::min(low_, value);
        high_ = std::max(high_, value);
    }
    bool empty() const { return low_ > high_; }
    double low() const { return low_; }
    double high() const { return high_; }

  private:
    double low_ = std::numeric_limits<double>::infinity();
    double high_ = -std::numeric_limits<double>::infinity();
};

Extent bandsOf(const InsideContent& content, LayerSide side) {
    Extent bands;
    for (const ChannelCourse& course : content.models) {
        for (const ChannelPercentiles& values : course.values) {
            const Percentiles& percentiles = percentilesAt(values, side);
            bands.add(percentiles.p15);
            bands.add(percentiles.p85);
        }
    }
    return bands;
}

Extent momentsOf(const InsideContent& content, LayerSide side) {
    Extent moments;
    for (const ChannelCourse& course : content.models) {
        if (course.moment) {
            moments.add(histogramAt(*course.moment, side).low);
            moments.add(histogramAt(*course.moment, side).high);
        }
    }
    return moments;
}

QString spokenSide(const Percentiles& percentiles) {
    return Texts::tr("15 % below %1, half below %2, 85 % below %3")
        .arg(figureNumber(percentiles.p15), figureNumber(percentiles.p50),
             figureNumber(percentiles.p85));
}

}  // namespace

bool InsideContent::isEmpty() const {
    return std::ranges::all_of(models,
                               [](const ChannelCourse& course) { return course.values.empty(); });
}

bool InsideContent::hasMoment() const {
    return std::ranges::any_of(
        models, [](const ChannelCourse& course) { return course.moment.has_value(); });
}

const Percentiles& percentilesAt(const ChannelPercentiles& values, LayerSide side) {
    return side == LayerSide::Input ? values.input : values.output;
}

const ActivationHistogram& histogramAt(const ChannelHistograms& histograms, LayerSide side) {
    return side == LayerSide::Input ? histograms.input : histograms.output;
}

ValueRange valueRangeOf(const InsideContent& content, LayerSide side) {
    const Extent bands = bandsOf(content, side);
    if (bands.empty()) {
        return {0.0, 1.0};
    }
    constexpr double kTails = 0.35;   // of the height of the bands, where there are values
    constexpr double kMargin = 0.06;  // where there are none
    constexpr double kLeastSpan = 1e-3;
    const double span = std::max(bands.high() - bands.low(), kLeastSpan);
    const Extent moments = momentsOf(content, side);
    ValueRange range{bands.low() - kMargin * span, bands.high() + kMargin * span};
    if (!moments.empty()) {
        range.low = std::min(range.low, std::max(moments.low(), bands.low() - kTails * span));
        range.high = std::max(range.high, std::min(moments.high(), bands.high() + kTails * span));
    }
    return range;
}

double lastEpochOf(const InsideContent& content) {
    double last = 0.0;
    for (const ChannelCourse& course : content.models) {
        last = course.epochs.empty() ? last : std::max(last, course.epochs.back());
    }
    if (last == 0.0) {
        return std::max(1, content.plannedEpochs);
    }
    const double power = std::pow(10.0, std::floor(std::log10(last)));
    double round = 10.0 * power;
    for (const double factor : {8.0, 6.0, 5.0, 4.0, 3.0, 2.5, 2.0, 1.5, 1.2, 1.0}) {
        round = factor * power >= last ? factor * power : round;
    }
    return content.plannedEpochs == 0
               ? round
               : std::min(round, std::max<double>(content.plannedEpochs, last));
}

std::optional<std::size_t> sampleNear(const ChannelCourse& course, double epoch) {
    const std::vector<double>& epochs = course.epochs;
    if (epochs.empty()) {
        return std::nullopt;
    }
    const auto after = std::ranges::lower_bound(epochs, epoch);
    if (after == epochs.begin()) {
        return 0;
    }
    const auto place = static_cast<std::size_t>(after - epochs.begin());
    const bool before = after == epochs.end() || epoch - *(after - 1) <= *after - epoch;
    return before ? place - 1 : place;
}

OutsideShares outsideShares(const ActivationHistogram& histogram, const ValueRange& shown) {
    const double bins = static_cast<double>(histogram.counts.size());
    const double width = (double{histogram.high} - histogram.low) / bins;
    double all = 0.0;
    OutsideShares outside;
    for (std::size_t bin = 0; bin < histogram.counts.size(); ++bin) {
        const double count = histogram.counts[bin];
        const double middle = histogram.low + (static_cast<double>(bin) + 0.5) * width;
        all += count;
        outside.below += middle < shown.low ? count : 0.0;
        outside.above += middle > shown.high ? count : 0.0;
    }
    return all == 0.0 ? OutsideShares{} : OutsideShares{outside.below / all, outside.above / all};
}

QString insideTitle(const InsideContent& content) {
    const QLocale locale;
    return Texts::tr("Norm layer %1, channel %2")
        .arg(locale.toString(content.normLayer + 1), locale.toString(content.channel + 1));
}

QString percentilesText(const Percentiles& percentiles) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const auto text = [&](double value) {
        constexpr double kLeast = 0.005;  // what two decimals round to something
        const double magnitude = std::abs(value);
        return magnitude < 100.0 ? locale.toString(magnitude < kLeast ? 0.0 : value, 'f', 2)
                                 : locale.toString(value, 'g', 3);
    };
    return QStringLiteral("%1 · %2 · %3")
        .arg(text(percentiles.p15), text(percentiles.p50), text(percentiles.p85));
}

QString spokenInside(const InsideContent& content, const std::optional<double>& epoch) {
    const QLocale locale;
    QStringList sentences;
    for (const ChannelCourse& course : content.models) {
        const auto sample =
            sampleNear(course, epoch.value_or(std::numeric_limits<double>::infinity()));
        if (!sample) {
            sentences << Texts::tr("%1: nothing recorded.").arg(course.model.label);
            continue;
        }
        const ChannelPercentiles& values = course.values[*sample];
        sentences << Texts::tr("%1 at epoch %2: what enters: %3; what leaves: %4.")
                         .arg(course.model.label, locale.toString(course.epochs[*sample], 'f', 2),
                              spokenSide(values.input), spokenSide(values.output));
    }
    return insideTitle(content) + QStringLiteral(". ") + sentences.join(' ');
}

}  // namespace normscope
