#include "ui/findings/summary_content.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <span>
#include <vector>

#include "core/findings.h"
#include "ui/findings/finding_words.h"

namespace normscope {
namespace {

struct SummaryContentTexts {
    Q_DECLARE_TR_FUNCTIONS(SummaryContent)
};
using Texts = SummaryContentTexts;

SummarySeries seriesOf(const ComparedModel& model) {
    return {model.label, model.config().network.kind, model.variant, {}, {}};
}

bool sameTestTotal(const Comparison& models) {
    return std::ranges::all_of(models, [&](const ComparedModel& model) {
        return model.run->dataset.testTotal == models.front().run->dataset.testTotal;
    });
}

QString numberText(const SummaryContent& content, double value) {
    return content.inPercent ? Texts::tr("%1 %").arg(QLocale().toString(value, 'f', 2))
                             : QLocale().toString(value, 'f', 0);
}

QString spokenDigits(const SummaryContent& content, const SummarySeries& series) {
    QStringList digits;
    for (std::size_t digit = 0; digit < series.values.size(); ++digit) {
        if (hasValue(series.values[digit])) {
            digits << Texts::tr("digit %1 %2")
                          .arg(QString::number(digit), numberText(content, series.values[digit]));
        }
    }
    return digits.join(QStringLiteral(", "));
}

QString spokenBox(const SummaryContent& content, const SummarySeries& series) {
    const FiveNumbers five = fiveNumbers(series.values);
    return Texts::tr("median %1, from %2 to %3")
        .arg(QLocale().toString(five.median), numberText(content, five.minimum),
             numberText(content, five.maximum));
}

QString spokenBar(const SummaryContent& content, const SummarySeries& series) {
    const QString wrong = numberText(content, series.values.front());
    return series.interval ? Texts::tr("%1, 95 % interval %2 to %3")
                                 .arg(wrong, numberText(content, series.interval->low),
                                      numberText(content, series.interval->high))
                           : wrong;
}

}  // namespace

SummaryContent wrongSummary(const Comparison& models) {
    SummaryContent content;
    content.kind = SummaryKind::Wrong;
    content.inPercent = !sameTestTotal(models);
    content.title = Texts::tr("Wrong, with 95 % Wilson interval");
    content.axis =
        content.inPercent || models.empty()
            ? Texts::tr("% of the test images")
            : Texts::tr("of %1 test images").arg(count(models.front().run->dataset.testTotal));
    for (const ComparedModel& model : models) {
        const ModelFigures figures = figuresOf(*model.run, model.model);
        const auto share = figures.wrongShare();
        if (!share) {
            continue;
        }
        const double scale = content.inPercent ? 100.0 : figures.testTotal;
        SummarySeries series = seriesOf(model);
        series.values = {scale * *figures.summary.wrong / figures.testTotal};
        series.interval = {scale * share->low, scale * share->high};
        content.series.push_back(std::move(series));
    }
    return content;
}

SummaryContent digitSummary(const Comparison& models) {
    SummaryContent content;
    content.kind = SummaryKind::Digits;
    content.inPercent = true;
    content.title = Texts::tr("Accuracy per digit");
    content.axis = Texts::tr("% of its images");
    for (const ComparedModel& model : models) {
        if (model.history().evaluation == nullptr) {
            continue;
        }
        const DigitErrors errors = digitErrors(*model.history().evaluation);
        SummarySeries series = seriesOf(model);
        for (std::size_t digit = 0; digit < kClassCount; ++digit) {
            const int total = errors.total[digit];
            series.values.push_back(total == 0 ? kNotMeasured
                                               : 100.0 * (total - errors.wrong[digit]) / total);
        }
        content.series.push_back(std::move(series));
    }
    return content;
}

SummaryContent lastEpochsSummary(const Comparison& models) {
    SummaryContent content;
    content.kind = SummaryKind::LastEpochs;
    content.inPercent = !sameTestTotal(models);
    content.axis = content.inPercent ? Texts::tr("% wrong") : Texts::tr("wrong");
    std::vector<ModelFigures> figures;
    for (const ComparedModel& model : models) {
        figures.push_back(figuresOf(*model.run, model.model));
    }
    const std::size_t epochs = sharedLastEpochs(figures);
    for (std::size_t model = 0; model < models.size(); ++model) {
        const std::vector<int>& measured = figures[model].lastWrong;
        if (measured.empty()) {
            continue;
        }
        SummarySeries series = seriesOf(models[model]);
        for (const int wrong : std::span(measured).last(epochs)) {
            series.values.push_back(content.inPercent ? 100.0 * wrong / figures[model].testTotal
                                                      : wrong);
        }
        content.series.push_back(std::move(series));
    }
    content.title = epochs < 2 ? Texts::tr("Wrong after the last epoch")
                               : Texts::tr("Wrong after each of the last %1 epochs")
                                     .arg(count(static_cast<int>(epochs)));
    return content;
}

std::vector<SummaryContent> summariesOf(const Comparison& models) {
    return {wrongSummary(models), lastEpochsSummary(models), digitSummary(models)};
}

const char* fileName(SummaryKind kind) {
    switch (kind) {
        case SummaryKind::Wrong:
            return "wrong";
        case SummaryKind::Digits:
            return "accuracy-per-digit";
        case SummaryKind::LastEpochs:
            return "last-epochs";
    }
    return "";
}

QString spokenSummary(const SummaryContent& content) {
    QStringList sentences;
    for (const SummarySeries& series : content.series) {
        const QString values = content.kind == SummaryKind::Wrong    ? spokenBar(content, series)
                               : content.kind == SummaryKind::Digits ? spokenDigits(content, series)
                                                                     : spokenBox(content, series);
        sentences << Texts::tr("%1: %2.").arg(series.label, values);
    }
    return sentences.join(' ');
}

}  // namespace normscope
