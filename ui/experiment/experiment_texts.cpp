#include "ui/experiment/experiment_texts.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(ExperimentTexts)
};

QString labelOf(const Experiment& experiment, std::size_t model) {
    return QString::fromStdString(experiment.spec.base.models.at(model).label);
}

QString countText(double count, const QLocale& locale) {
    return locale.toString(count, 'f', 1);
}

QString intervalText(const Interval& interval, const QLocale& locale) {
    return Texts::tr("%1 to %2")
        .arg(countText(interval.low, locale), countText(interval.high, locale));
}

QString claim(const Experiment& experiment, const PairedDifference& pair, const QLocale& locale) {
    const MeanEstimate& difference = pair.difference;
    const QString seeds = locale.toString(difference.count);
    if (difference.count < 2) {
        return Texts::tr(
                   "Nothing can be said yet about %1 and %2: it takes two seeds that both have "
                   "finished.")
            .arg(labelOf(experiment, pair.first), labelOf(experiment, pair.second));
    }
    // Named first is who misreads more.
    const bool swapped = difference.mean < 0.0;
    const QString more = labelOf(experiment, swapped ? pair.second : pair.first);
    const QString fewer = labelOf(experiment, swapped ? pair.first : pair.second);
    const Interval& given = difference.interval;
    const QString interval =
        intervalText(swapped ? Interval{-given.high, -given.low} : given, locale);
    const QString mean = countText(std::abs(difference.mean), locale);
    return (pair.isClear()
                ? Texts::tr(
                      "With these settings %1 misreads more test images than %2: on average %3 "
                      "more, interval %4, from %5 seeds.")
                : Texts::tr(
                      "No difference between %1 and %2 can be claimed from %5 seeds: on average "
                      "%1 misreads %3 more, interval %4."))
        .arg(more, fewer, mean, interval, seeds);
}

/// The measured points of one model, largest batch first.
struct Measured {
    int size;
    double error;
};
std::vector<Measured> measuredPoints(const SweepResults& results, std::size_t model) {
    std::vector<Measured> points;
    for (std::size_t place = 0; place < results.sizes.size(); ++place) {
        if (const auto error = results.models[model][place].error) {
            points.push_back({results.sizes[place], *error});
        }
    }
    std::ranges::sort(points, std::greater{}, &Measured::size);
    return points;
}

QString changeOverSizes(const QString& label, const std::vector<Measured>& points,
                        const QLocale& locale) {
    const Measured& largest = points.front();
    const Measured& smallest = points.back();
    const double change = smallest.error - largest.error;
    return Texts::tr(
               "%1: %2 % wrong with batches of %3, %4 % with batches of %5, a change of %6 "
               "percentage points.")
        .arg(label, errorText(largest.error, locale), locale.toString(largest.size),
             errorText(smallest.error, locale), locale.toString(smallest.size),
             (change > 0.0 ? QStringLiteral("+") : QString()) + errorText(change, locale));
}

QString divergedAt(const QString& label, const SweepResults& results, std::size_t model,
                   const QLocale& locale) {
    QStringList sizes;
    for (std::size_t place = 0; place < results.sizes.size(); ++place) {
        if (results.models[model][place].diverged) {
            sizes << locale.toString(results.sizes[place]);
        }
    }
    return sizes.isEmpty()
               ? QString()
               : Texts::tr("%1 diverged with batches of %2.").arg(label, sizes.join(", "));
}

QString paperError(NormKind kind, int size, const QLocale& locale) {
    const auto point = std::ranges::find_if(kPaperPoints, [&](const PaperPoint& candidate) {
        return candidate.kind == kind && candidate.size == size;
    });
    return locale.toString(point->error, 'f', 1);
}

}  // namespace

QString modelNames(const TrainingConfig& config) {
    QStringList names;
    for (const ModelConfig& model : config.models) {
        names << QString::fromStdString(model.label);
    }
    return names.join(QStringLiteral(", "));
}

QString errorText(double percent, const QLocale& locale) {
    return locale.toString(percent, 'f', 2);
}

QString seedSummary(const SeedModelResults& model, int testTotal, const QLocale& locale) {
    if (model.mean.count == 0) {
        return Texts::tr("no seed has finished");
    }
    QString text = Texts::tr("mean %1 wrong of %2")
                       .arg(countText(model.mean.mean, locale), locale.toString(testTotal));
    if (model.mean.count >= 2) {
        text += Texts::tr(", standard deviation %1, 95 % interval of the mean %2")
                    .arg(countText(model.mean.deviation, locale),
                         intervalText(model.mean.interval, locale));
    }
    return text + (model.mean.count == 1 ? Texts::tr(", from 1 seed")
                                         : Texts::tr(", from %1 seeds").arg(model.mean.count));
}

QStringList seedClaims(const Experiment& experiment, const SeedResults& results,
                       const QLocale& locale) {
    QStringList sentences;
    for (const bool clear : {true, false}) {  // what can be said comes first
        for (const PairedDifference& pair : results.pairs) {
            if (pair.isClear() == clear) {
                sentences << claim(experiment, pair, locale);
            }
        }
    }
    for (std::size_t model = 0; model < results.models.size(); ++model) {
        if (const int diverged = results.models[model].diverged; diverged > 0) {
            sentences << Texts::tr(
                             "%1 did not get through %2 of its seeds, which are left out of its "
                             "figures.")
                             .arg(labelOf(experiment, model), locale.toString(diverged));
        }
    }
    if (const QString confounded = confoundedBy(experiment.spec.base); !confounded.isEmpty()) {
        sentences << confounded;
    }
    if (!results.pairs.empty()) {
        sentences
            << (results.pairs.size() == 1
                    ? Texts::tr("The interval is Student's, 95 %, of the mean difference seed by "
                                "seed.")
                    : Texts::tr("The intervals are Student's of the mean difference seed by seed, "
                                "widened so that all %1 hold together in 95 % (Bonferroni).")
                          .arg(locale.toString(static_cast<int>(results.pairs.size()))));
    }
    return sentences;
}

QStringList sweepFindings(const Experiment& experiment, const SweepResults& results,
                          const QLocale& locale) {
    QStringList sentences;
    for (std::size_t model = 0; model < results.models.size(); ++model) {
        const QString label = labelOf(experiment, model);
        const std::vector<Measured> points = measuredPoints(results, model);
        if (points.size() >= 2) {
            sentences << changeOverSizes(label, points, locale);
        }
        if (const QString diverged = divergedAt(label, results, model, locale);
            !diverged.isEmpty()) {
            sentences << diverged;
        }
    }
    if (sentences.isEmpty()) {
        sentences << Texts::tr(
            "Nothing can be said yet: it takes two batch sizes that are finished.");
    }
    if (const QString confounded = confoundedBy(experiment.spec.base); !confounded.isEmpty()) {
        sentences << confounded;
    }
    sentences << Texts::tr(
        "Each batch size was trained once, from one seed: what lies within a few "
        "test images is noise, and a claim about methods needs more seeds.");
    sentences << Texts::tr(
                     "The paper (ResNet-50 on ImageNet): batch norm %1 % with 32 images, %2 % with "
                     "2; group norm %3 % and %4 %.")
                     .arg(paperError(NormKind::Batch, 32, locale),
                          paperError(NormKind::Batch, 2, locale),
                          paperError(NormKind::Group, 32, locale),
                          paperError(NormKind::Group, 2, locale));
    return sentences;
}

QString confoundedBy(const TrainingConfig& config) {
    const auto otherPenalty = [&](const ModelConfig& model) {
        return model.l1 != config.models.front().l1;
    };
    return std::ranges::any_of(config.models, otherPenalty)
               ? Texts::tr(
                     "The models differ in their L1 penalty too: what is said of them is not said "
                     "of their normalization alone.")
               : QString();
}

}  // namespace normscope
