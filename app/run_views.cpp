#include "app/run_views.h"

#include <QStringList>
#include <algorithm>

#include "app/dataset_cache.h"
#include "app/run_name.h"
#include "core/trainer.h"
#include "ui/train/model_texts.h"

namespace normscope {
namespace {

ModelScale scaleOf(const Run& run) {
    return {
        .stepsPerEpoch = stepsPerEpoch(run.config, run.dataset.trainTotal),
        .testTotal = run.dataset.testTotal,
        .batchSize = run.config.batchSize,
        .imagesPerEpoch = static_cast<double>(trainingImages(run.config, run.dataset.trainTotal)),
        .epochs = run.config.epochs()};
}

/// Every run with those of its models that are compared.
QString captionOf(const Comparison& models, const std::filesystem::path& bundledData) {
    QStringList runs;
    for (std::size_t first = 0; first < models.size(); ++first) {
        const auto sameRun = [&](const ComparedModel& model) {
            return model.run == models[first].run;
        };
        if (std::any_of(models.begin(), models.begin() + static_cast<std::ptrdiff_t>(first),
                        sameRun)) {
            continue;
        }
        TrainingConfig config = models[first].run->config;
        config.models.clear();
        for (const ComparedModel& model : models) {
            if (sameRun(model)) {
                config.models.push_back(model.config());
                config.models.back().label = model.label.toStdString();
            }
        }
        runs << configurationText(config, nameOfData(config.data, bundledData));
    }
    return runs.join('\n');
}

}  // namespace

RunView viewOf(const Run& run, const std::filesystem::path& bundledData) {
    return {.run = 0,
            .config = run.config,
            .stepsPerEpoch = stepsPerEpoch(run.config, run.dataset.trainTotal),
            .testTotal = run.dataset.testTotal,
            .folder = QString::fromStdString(run.folder.string()),
            .dataName = nameOfData(run.config.data, bundledData)};
}

RunView viewOf(const Comparison& models, const std::filesystem::path& bundledData) {
    RunView view = viewOf(*models.front().run, bundledData);
    view.folder.clear();
    view.caption = captionOf(models, bundledData);
    view.config.models.clear();
    view.config.cycles = {1};
    for (const ComparedModel& model : models) {
        view.config.models.push_back(model.config());
        view.config.models.back().label = model.label.toStdString();
        view.config.cycles.front() =
            std::max(view.config.cycles.front(), model.run->config.epochs());
        view.scales.push_back(scaleOf(*model.run));
    }
    return view;
}

std::shared_ptr<const Run> wholeRun(const Comparison& models) {
    if (models.empty() || models.size() != models.front().run->models.size()) {
        return nullptr;
    }
    for (std::size_t i = 0; i < models.size(); ++i) {
        if (models[i].run != models.front().run || models[i].model != i) {
            return nullptr;
        }
    }
    return models.front().run;
}

Comparison comparisonOf(const std::shared_ptr<const Run>& run) {
    const QString name = run->folder.empty()
                             ? QString()
                             : nameOfRun(std::filesystem::absolute(run->folder / "").parent_path());
    Comparison models;
    for (std::size_t model = 0; model < run->config.models.size(); ++model) {
        models.push_back({.run = run,
                          .model = model,
                          .runName = name,
                          .label = QString::fromStdString(run->config.models[model].label),
                          .variant = 0});
    }
    giveLooks(models);
    return models;
}

void giveLooks(Comparison& models) {
    std::vector<NormKind> kinds;
    for (const ComparedModel& model : models) {
        kinds.push_back(model.config().network.kind);
    }
    const std::vector<int> variants = styleVariants(kinds);
    for (std::size_t i = 0; i < models.size(); ++i) {
        models[i].variant = variants[i];
    }
}

QString problemsText(const Run& run) {
    QStringList problems;
    for (const std::string& problem : run.problems) {
        problems << QString::fromStdString(problem);
    }
    return problems.join(' ');
}

std::vector<ModelHistory> historiesOf(const Comparison& models) {
    std::vector<ModelHistory> histories;
    for (const ComparedModel& model : models) {
        histories.push_back(model.history());
    }
    return histories;
}

}  // namespace normscope
