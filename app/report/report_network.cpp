#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "app/dataset_cache.h"
#include "app/report/report_parts.h"
#include "core/network.h"
#include "core/trainer.h"
#include "ui/findings/setting_differences.h"
#include "ui/setting_texts.h"
#include "ui/train/model_texts.h"
#include "ui/widgets/number_field.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QString number(qlonglong value) {
    return QLocale().toString(value);
}

/// One column for each run.
ReportTable settingsTable(const Comparison& models) {
    const auto runs = runsOf(models);
    ReportTable table{.titles = {Texts::tr("Setting")}, .rows = {}};
    std::vector<std::pair<QString, QString (*)(const Run&)>> settings{
        {Texts::tr("Training images"),
         [](const Run& run) { return number(trainingImages(run.config, run.dataset.trainTotal)); }},
        {Texts::tr("Test images"), [](const Run& run) { return number(run.dataset.testTotal); }},
        {Texts::tr("Epochs"), [](const Run& run) { return number(run.config.epochs()); }},
        {Texts::tr("Batch size"), [](const Run& run) { return number(run.config.batchSize); }},
        {Texts::tr("Peak of the one-cycle learning rate"),
         [](const Run& run) { return shortNumber(run.config.learningRate); }},
        {Texts::tr("Augmentation"),
         [](const Run& run) { return augmentationText(run.config.augmentation); }},
        {Texts::tr("Engine"), [](const Run& run) { return engineText(run.config.engine); }},
        {Texts::tr("Seed"), [](const Run& run) { return QString::number(run.config.seed); }},
    };
    for (const auto& [name, value] : settings) {
        QStringList row{name};
        for (const auto& run : runs) {
            row << value(*run);
        }
        table.rows.push_back(row);
    }
    for (const auto& run : runs) {
        table.titles << runNameOf(*run, models);
    }
    return table;
}

ReportTable modelsTable(const Comparison& models) {
    ReportTable table{.titles = {Texts::tr("Model"), Texts::tr("Normalization"),
                                 Texts::tr("L1 lambda"), Texts::tr("Parameters")},
                      .rows = {},
                      .textColumns = 2};
    for (const ComparedModel& model : models) {
        const ModelConfig& config = model.config();
        table.rows.push_back({model.label, networkTitle(config.network), shortNumber(config.l1),
                              number(parameterCount(config.network))});
    }
    return table;
}

/// Each different one once.
std::vector<NetworkSpec> networksOf(const Comparison& models) {
    std::vector<NetworkSpec> networks;
    for (const ComparedModel& model : models) {
        const NetworkSpec& network = model.config().network;
        if (std::ranges::find(networks, network) == networks.end()) {
            networks.push_back(network);
        }
    }
    return networks;
}

/// Each different text once.
QString joined(const QStringList& texts) {
    QStringList different = texts;
    different.removeDuplicates();
    return different.join(QStringLiteral(" / "));
}

/// The tables of all networks in one: where they differ, one name beside the other.
ReportTable layersTable(const std::vector<NetworkSpec>& networks, int batchSize) {
    std::vector<std::vector<LayerRow>> layers;
    QStringList totals;
    for (const NetworkSpec& network : networks) {
        layers.push_back(layerTable(network, batchSize));
        totals << number(parameterCount(network));
    }
    ReportTable table{
        .titles = {Texts::tr("Layer"), Texts::tr("Output shape"), Texts::tr("Parameters")},
        .rows = {},
        .textColumns = 2,
        .hasTotal = true};
    for (std::size_t row = 0; row < layers.front().size(); ++row) {
        QStringList modules;
        QStringList parameters;
        QString place;
        for (const auto& network : layers) {
            const QString name = QString::fromStdString(network[row].name);
            modules << name.section(u':', 0, 0);
            place = name.section(u':', 1);
            parameters << (network[row].parameters == 0 ? QStringLiteral("—")
                                                        : number(network[row].parameters));
        }
        table.rows.push_back({joined(modules) + u':' + place,
                              QString::fromStdString(layers.front()[row].outputShape),
                              joined(parameters)});
    }
    table.rows.push_back({Texts::tr("Total"), {}, joined(totals)});
    return table;
}

QString aboutText(const Comparison& models, bool sameNormalization) {
    if (models.size() == 1) {
        return Texts::tr(
            "A network learned to read handwritten digits, 28 x 28 pixels each. This report shows "
            "what it is, how each normalization works, how it learned, which test digits it "
            "misread, and what can be concluded from it.");
    }
    return (sameNormalization
                ? Texts::tr("Networks with the same layers learned to read handwritten digits, 28 "
                            "x 28 pixels each. They do not differ in how the numbers inside them "
                            "are normalized. %1")
                : Texts::tr("Networks with the same layers learned to read handwritten digits, 28 "
                            "x 28 pixels each. They differ in how the numbers inside them are "
                            "normalized. %1"))
        .arg(Texts::tr("This report shows what they are, how each normalization works, how they "
                       "learned, which test digits they misread, and what can be concluded from "
                       "it."));
}

}  // namespace

ReportSection aboutSection(const Comparison& models) {
    ReportSection section{Texts::tr("What this is"), {}};
    const bool sameNormalization = networksOf(models).size() == 1;
    section.blocks.emplace_back(ReportParagraph{aboutText(models, sameNormalization)});
    QStringList alsoDiffersIn;
    for (const SettingDifference& difference : settingDifferences(models)) {
        alsoDiffersIn << difference.name;
    }
    if (!alsoDiffersIn.isEmpty()) {
        section.blocks.emplace_back(ReportParagraph{
            (sameNormalization
                 ? Texts::tr("They differ in %1: what is different in their results may come from "
                             "that.")
                 : Texts::tr("They do not differ in that alone, but also in %1: what is different "
                             "in their results may come from that."))
                .arg(QLocale().createSeparatedList(alsoDiffersIn))});
    }
    section.blocks.emplace_back(modelsTable(models));
    section.blocks.emplace_back(settingsTable(models));
    return section;
}

ReportSection networkSection(const Comparison& models) {
    ReportSection section{Texts::tr("The network"), {}};
    section.blocks.emplace_back(ReportParagraph{
        Texts::tr("No convolution has a bias. Each of 3 x 3 is followed by ReLU and then by the "
                  "normalization. After the last layer, log-softmax turns the ten scores into "
                  "log-probabilities, and the negative log-likelihood of the true digit is the "
                  "loss. In the output shapes, the first number is the mini-batch.")});
    const int batchSize = models.front().run->config.batchSize;
    section.blocks.emplace_back(layersTable(networksOf(models), batchSize));
    section.blocks.emplace_back(ReportParagraph{
        Texts::tr("Layer norm is GroupNorm with one group. A normalization learns one gamma and "
                  "one beta for each channel; without normalization there are none.")});
    return section;
}

}  // namespace normscope
