#include "ui/findings/finding_sentences.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <ranges>
#include <span>

#include "core/findings.h"
#include "ui/findings/finding_words.h"
#include "ui/findings/setting_differences.h"
#include "ui/train/remarks.h"

namespace normscope {
namespace {

struct FindingSentencesTexts {
    Q_DECLARE_TR_FUNCTIONS(FindingSentences)
};
using Texts = FindingSentencesTexts;

using Figures = std::vector<ModelFigures>;

bool isMeasured(const ModelFigures& figures) {
    return figures.summary.wrong.has_value();
}

bool spansRuns(const Comparison& models) {
    return std::ranges::any_of(models, [&](const ComparedModel& model) {
        return model.run->folder != models.front().run->folder;
    });
}

/// “group” 58, “batch” 60 and “layer” 65, the fewest first.
Finding measured(const Comparison& models, const Figures& figures) {
    std::vector<std::size_t> order;
    for (std::size_t model = 0; model < models.size(); ++model) {
        if (isMeasured(figures[model])) {
            order.push_back(model);
        }
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t model) {
        return figures[model].wrongShare().value_or(Interval{}).low;
    });
    const bool sameTotal = std::ranges::all_of(
        order, [&](std::size_t m) { return figures[m].testTotal == figures[order[0]].testTotal; });
    QStringList counts;
    QStringList intervals;
    for (const std::size_t model : order) {
        const ModelFigures& its = figures[model];
        const QString wrong = count(its.summary.wrong.value_or(0));
        counts << (sameTotal ? Texts::tr("%1 %2").arg(quoted(models[model]), wrong)
                             : Texts::tr("%1 %2 of %3")
                                   .arg(quoted(models[model]), wrong, count(its.testTotal)));
        const Interval share = its.wrongShare().value_or(Interval{});
        intervals << Texts::tr("%1 %2 to %3\u00a0%")
                         .arg(quoted(models[model]), percent(share.low), percent(share.high));
    }
    const QString list = QLocale().createSeparatedList(counts);
    return {FindingKind::Measured,
            sameTotal ? Texts::tr("Misread of %1 test digits: %2.")
                            .arg(count(figures[order[0]].testTotal), list)
                      : Texts::tr("Misread of the test digits: %1.").arg(list),
            Texts::tr("95 % Wilson intervals of the share misread: %1.")
                .arg(intervals.join(QStringLiteral("; ")))};
}

/// "“batch” alone misread 34, “group” alone 20 (p = 0.076, corrected p = 0.229)"
QString testText(const Comparison& models, const PairedTest& test, std::size_t tests) {
    const QString p =
        tests == 1 ? pValue(test.p)
                   : Texts::tr("%1, corrected %2").arg(pValue(test.p), pValue(test.adjusted));
    return Texts::tr("%1 alone misread %2, %3 alone %4 (%5)")
        .arg(quoted(models[test.first]), count(test.onlyFirst), quoted(models[test.second]),
             count(test.onlySecond), p);
}

/// Which test it is, and what was corrected for.
QString testSupport(const QString& numbers, std::size_t tests) {
    return tests == 1 ? Texts::tr("Exact McNemar test on the same images: %1.").arg(numbers)
                      : Texts::tr(
                            "Exact McNemar test on the same images, Holm-corrected over %1 pairs: "
                            "%2.")
                            .arg(count(static_cast<int>(tests)), numbers);
}

std::size_t worseOf(const PairedTest& test) {
    return test.onlyFirst > test.onlySecond ? test.first : test.second;
}

std::size_t betterOf(const PairedTest& test) {
    return test.onlyFirst > test.onlySecond ? test.second : test.first;
}

QString wrongOf(const ComparedModel& model) {
    return count(model.history().evaluation->wrong);
}

/// The claims about one network that misread more than each of some others.
Finding difference(const Comparison& models, const std::vector<PairedTest>& claims,
                   std::size_t tests) {
    QStringList others;
    QStringList wrong;
    QStringList numbers;
    for (const PairedTest& claim : claims) {
        others << quoted(models[betterOf(claim)]);
        wrong << wrongOf(models[betterOf(claim)]);
        numbers << testText(models, claim, tests);
    }
    const ComparedModel& worse = models[worseOf(claims.front())];
    const QLocale locale;
    const QString text =
        claims.size() == 1
            ? Texts::tr("The network %1 misread more digits than the network %2: %3 against %4.")
            : Texts::tr(
                  "The network %1 misread more digits than each of the networks %2: %3 against "
                  "%4.");
    return {FindingKind::Difference,
            text.arg(quoted(worse), locale.createSeparatedList(others), wrongOf(worse),
                     locale.createSeparatedList(wrong)),
            testSupport(numbers.join(QStringLiteral("; ")), tests)};
}

/// A sentence for each pair or, where that would be many, for each network that misread more.
void addDifferences(std::vector<Finding>& findings, const Comparison& models,
                    const std::vector<PairedTest>& tests) {
    constexpr std::ptrdiff_t kMostSentences = 3;
    const bool eachPair =
        std::ranges::count_if(tests, &PairedTest::showsDifference) <= kMostSentences;
    for (std::size_t worse = 0; worse < models.size(); ++worse) {
        std::vector<PairedTest> claims;
        for (const PairedTest& test : tests) {
            if (!test.showsDifference() || worseOf(test) != worse) {
                continue;
            }
            if (eachPair) {
                findings.push_back(difference(models, {test}, tests.size()));
            } else {
                claims.push_back(test);
            }
        }
        if (!claims.empty()) {
            findings.push_back(difference(models, claims, tests.size()));
        }
    }
}

Finding noDifference(const Comparison& models, const std::vector<PairedTest>& tests) {
    std::vector<PairedTest> open;
    std::ranges::copy_if(tests, std::back_inserter(open),
                         [](const PairedTest& test) { return !test.showsDifference(); });
    QStringList pairs;
    QStringList numbers;
    for (const PairedTest& test : open) {
        pairs
            << Texts::tr("%1 and %2").arg(quoted(models[test.first]), quoted(models[test.second]));
        numbers << testText(models, test, tests.size());
    }
    const QString between = open.size() == 1              ? pairs.front()
                            : open.size() == tests.size() ? Texts::tr("any two of these networks")
                                                          : pairs.join(QStringLiteral("; "));
    const QString text = spansRuns(models)
                             ? Texts::tr("Between %1 no difference can be seen in these runs.")
                             : Texts::tr("Between %1 no difference can be seen in this run.");
    constexpr std::size_t kSpelledOut = 3;
    const auto smallest = std::ranges::min_element(open, {}, &PairedTest::adjusted);
    const QString spelled =
        open.size() <= kSpelledOut
            ? numbers.join(QStringLiteral("; "))
            : Texts::tr("the smallest corrected value of these %1 pairs is %2")
                  .arg(count(static_cast<int>(open.size())), pValue(smallest->adjusted));
    return {
        FindingKind::NoDifference, text.arg(between),
        Texts::tr("%1 That does not prove them equal.").arg(testSupport(spelled, tests.size()))};
}

void addTests(std::vector<Finding>& findings, const Comparison& models) {
    if (models.size() < 2) {
        return;
    }
    if (!sharesTestImages(models)) {
        findings.push_back({FindingKind::Caution,
                            Texts::tr("These networks were tested on different images, so their "
                                      "mistakes cannot be held against each other."),
                            {}});
        return;
    }
    std::vector<const Evaluation*> evaluations;
    for (const ComparedModel& model : models) {
        evaluations.push_back(model.history().evaluation.get());
    }
    const std::vector<PairedTest> tests = pairedTests(evaluations);
    addDifferences(findings, models, tests);
    if (std::ranges::any_of(tests, [](const PairedTest& t) { return !t.showsDifference(); })) {
        findings.push_back(noDifference(models, tests));
    }
}

void addConsistency(std::vector<Finding>& findings, const Comparison& models,
                    const Figures& figures) {
    const std::size_t epochs = sharedLastEpochs(figures);
    if (epochs < 2) {
        return;
    }
    QStringList ranges;
    for (std::size_t model = 0; model < models.size(); ++model) {
        const std::vector<int>& wrong = figures[model].lastWrong;
        if (!wrong.empty()) {
            const auto [least, most] = std::ranges::minmax(std::span(wrong).last(epochs));
            ranges << Texts::tr("%1 %2 to %3 (range %4)")
                          .arg(quoted(models[model]), count(least), count(most),
                               count(most - least));
        }
    }
    findings.push_back(
        {FindingKind::Consistency,
         Texts::tr("Consistency, misread in the last %1 epochs: %2.")
             .arg(count(static_cast<int>(epochs)), QLocale().createSeparatedList(ranges)),
         Texts::tr("Measured of these networks only. Each training cycle ends at a learning rate "
                   "of almost zero, which steadies every network.")});
}

void addProgress(std::vector<Finding>& findings, const Comparison& models, const Figures& figures) {
    QStringList running;
    QStringList unmeasured;
    QStringList withoutEpochs;
    QStringList lost;
    QStringList unpaired;
    for (std::size_t model = 0; model < models.size(); ++model) {
        const ModelHistory& history = models[model].history();
        const QString name = quoted(models[model]);
        if (history.outcome == Outcome::Failed) {
            findings.push_back({FindingKind::Caution,
                                Texts::tr("The training of %1 failed.").arg(name),
                                QString::fromStdString(history.error)});
        } else if (history.outcome == Outcome::Running) {
            running << name;
        }
        if (!isMeasured(figures[model])) {
            // Only what has finished must have had an epoch.
            (history.outcome == Outcome::Running    ? unmeasured
             : history.outcome == Outcome::Finished ? lost
                                                    : withoutEpochs)
                << name;
        } else if (models.size() > 1 && history.evaluation == nullptr) {
            unpaired << name;
        }
    }
    const auto tell = [&](const QStringList& names, const QString& sentence) {
        if (!names.isEmpty()) {
            findings.push_back(
                {FindingKind::Caution, sentence.arg(QLocale().createSeparatedList(names)), {}});
        }
    };
    tell(running, Texts::tr("Training is not finished: %1. What stands here is of the last "
                            "finished epoch and may turn round."));
    tell(unmeasured, Texts::tr("Nothing is measured yet of %1: the first figures come with the "
                               "end of an epoch."));
    tell(withoutEpochs, Texts::tr("Nothing is measured of %1: no epoch was finished, or the "
                                  "figures are missing or damaged in the folder of the run."));
    tell(lost, Texts::tr("The figures of %1 are missing or damaged in the folder of the run."));
    tell(unpaired, Texts::tr("What each image was read as was not kept of %1, so no test can be "
                             "made."));
}

void addSettings(std::vector<Finding>& findings, const Comparison& models) {
    const std::vector<SettingDifference> differences = settingDifferences(models);
    if (differences.empty()) {
        return;
    }
    QStringList names;
    QStringList values;
    for (const SettingDifference& difference : differences) {
        names << difference.name;
        QStringList each;
        for (std::size_t model = 0; model < models.size(); ++model) {
            each << Texts::tr("%1 %2").arg(quoted(models[model]),
                                           difference.values[static_cast<qsizetype>(model)]);
        }
        values << Texts::tr("%1: %2").arg(difference.name, each.join(QStringLiteral(", ")));
    }
    const bool sameNormalization = std::ranges::all_of(models, [&](const ComparedModel& model) {
        return model.config().network == models.front().config().network;
    });
    const QString text =
        sameNormalization
            ? Texts::tr("These networks did not differ in normalization, but in %1.")
            : Texts::tr(
                  "These networks did not differ in normalization alone, but also in %1: "
                  "what they differ by may come from that.");
    findings.push_back({FindingKind::Caution, text.arg(QLocale().createSeparatedList(names)),
                        values.join(QStringLiteral("; ")) + '.'});
}

void addBlindness(std::vector<Finding>& findings, const Comparison& models) {
    QStringList blind;
    for (const ComparedModel& model : models) {
        if (isBlind(model.config().network, model.run->config.batchSize)) {
            blind << quoted(model);
        }
    }
    if (!blind.isEmpty()) {
        findings.push_back(
            {FindingKind::Explanation,
             Texts::tr("In this network %1 cannot learn.")
                 .arg(QLocale().createSeparatedList(blind)),
             Texts::tr("Its last norm layer gives each channel of each image a mean of its own. "
                       "The average pooling after it sees only that mean, which is beta, "
                       "whatever the digit.")});
    }
}

}  // namespace

std::vector<Finding> findingsOf(const Comparison& models) {
    std::vector<Finding> findings;
    Figures figures;
    for (const ComparedModel& model : models) {
        figures.push_back(figuresOf(*model.run, model.model));
    }
    const bool anyMeasured = std::ranges::any_of(figures, isMeasured);
    if (anyMeasured) {
        findings.push_back(measured(models, figures));
        addTests(findings, models);
        addConsistency(findings, models, figures);
    }
    addProgress(findings, models, figures);
    addSettings(findings, models);
    addBlindness(findings, models);
    if (anyMeasured) {
        findings.push_back(
            {FindingKind::PickedOnTest,
             Texts::tr("The best figures of any epoch are picked on the test images, so they "
                       "flatter every network."),
             {}});
        findings.push_back(
            {FindingKind::NextStep,
             Texts::tr("All this is about single trained networks. Whether one method misreads "
                       "fewer digits than another needs several seeds of each: run an "
                       "experiment."),
             Texts::tr("normscope experiment --kind seeds trains the same models from several "
                       "seeds and gives the interval of the difference.")});
    }
    return findings;
}

}  // namespace normscope
