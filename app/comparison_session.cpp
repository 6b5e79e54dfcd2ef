#include "app/comparison_session.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/run_name.h"
#include "app/run_views.h"
#include "app/training_session.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

QString textOf(const fs::path& folder) {
    return QString::fromStdString(folder.string());
}

std::vector<ModelRef> allOf(const Run& run) {
    std::vector<ModelRef> models;
    for (std::size_t model = 0; model < run.models.size(); ++model) {
        models.push_back({textOf(run.folder), static_cast<int>(model)});
    }
    return models;
}

/// "batch" where it is the only one of that name, else "batch (Monday)", else "batch (Monday) 2".
void nameApart(Comparison& models) {
    std::multiset<QString> labels;
    for (const ComparedModel& model : models) {
        labels.insert(QString::fromStdString(model.config().label));
    }
    std::set<QString> taken;
    for (ComparedModel& model : models) {
        const QString label = QString::fromStdString(model.config().label);
        const QString apart =
            labels.count(label) == 1 ? label : QStringLiteral("%1 (%2)").arg(label, model.runName);
        model.label = apart;
        for (int again = 2; !taken.insert(model.label).second; ++again) {
            model.label = QStringLiteral("%1 %2").arg(apart).arg(again);
        }
    }
}

bool sameModels(const Comparison& a, const Comparison& b) {
    return std::ranges::equal(a, b, [](const ComparedModel& x, const ComparedModel& y) {
        return x.run == y.run && x.model == y.model;
    });
}

}  // namespace

ComparisonSession::ComparisonSession(TrainingSession& training, QObject* parent)
    : QObject(parent), training_(training), thread_(QStringLiteral("test images")) {
    RunLibrary& library = training.library();
    connect(&training, &TrainingSession::runShown, this, &ComparisonSession::takeShown);
    connect(&training, &TrainingSession::runAdvanced, this, &ComparisonSession::takeRun);
    connect(&training, &TrainingSession::changed, this, &ComparisonSession::showOnTrain);
    connect(&library, &RunLibrary::listed, this, &ComparisonSession::takeListed);
    connect(&library, &RunLibrary::loaded, this, [this](const RunPointer& run) {
        // The files of a run in training are behind what is known of it.
        if (!training_.library().isUnderWay(run->folder)) {
            takeRun(run);
        }
    });
    connect(&library, &RunLibrary::renamed, this, &ComparisonSession::takeRenamed);
    connect(&library, &RunLibrary::removed, this, [this](const fs::path& folder) {
        drop(folder);
        takeListed();
    });
    connect(&library, &RunLibrary::failed, this,
            [this](const fs::path& folder, const QString& why) {
                if (isWanted(textOf(folder)) && !held_.contains(textOf(folder))) {
                    emit failed(why);
                    drop(folder);
                }
            });
    library.refresh();
}

void ComparisonSession::choose(const std::vector<ModelRef>& models) {
    if (models != wanted_) {
        want(models);
    }
}

void ComparisonSession::want(const std::vector<ModelRef>& models) {
    wanted_ = models;
    std::erase_if(held_, [this](const auto& held) { return !isWanted(held.first); });
    loadMissing();
    if (isWhole()) {
        assemble();
    }
}

bool ComparisonSession::isWanted(const QString& folder) const {
    return std::ranges::find(wanted_, folder, &ModelRef::run) != wanted_.end();
}

bool ComparisonSession::isWhole() const {
    return std::ranges::all_of(wanted_,
                               [this](const ModelRef& model) { return held_.contains(model.run); });
}

void ComparisonSession::loadMissing() {
    std::set<QString> asked;
    const RunPointer& trained = training_.trained();
    for (const ModelRef& model : wanted_) {
        if (held_.contains(model.run) || !asked.insert(model.run).second) {
            continue;
        }
        if (trained && textOf(trained->folder) == model.run) {
            held_[model.run] = trained;
        } else {
            training_.library().load(model.run.toStdString());
        }
    }
}

void ComparisonSession::tellProblems(const Run& run) {
    if (const QString problems = problemsText(run); !problems.isEmpty()) {
        emit failed(problems);
    }
}

void ComparisonSession::takeShown(const RunPointer& run) {
    tellProblems(*run);
    held_ = {{textOf(run->folder), run}};
    wanted_ = allOf(*run);
    onTrain_ = comparisonOf(run);
    assemble();
}

/// One that was asked for, or a newer version of it.
void ComparisonSession::takeRun(const RunPointer& run) {
    const QString folder = textOf(run->folder);
    if (!isWanted(folder)) {
        return;
    }
    const RunPointer before = std::exchange(held_[folder], run);
    if (before == run) {
        return;
    }
    tellProblems(*run);
    // Page Train draws what is in training by itself.
    if (run == training_.trained()) {
        for (ComparedModel& shown : onTrain_) {
            if (shown.run == before) {
                shown.run = run;
            }
        }
    }
    if (isWhole()) {
        assemble();
    }
}

/// The very first thing to look at is what came with the program.
void ComparisonSession::takeListed() {
    if (!wanted_.empty() || isUnderWay(training_.phase())) {
        return;
    }
    const std::vector<ListedRun>& runs = training_.library().runs();
    const auto bundled = std::ranges::find_if(runs, [](const ListedRun& run) {
        return run.origin == RunOrigin::Bundled && run.listing != nullptr;
    });
    if (bundled != runs.end()) {
        want(allOf(bundled->listing->run));
    }
}

void ComparisonSession::takeRenamed(const fs::path& from, const fs::path& to) {
    const QString old = textOf(from);
    if (!isWanted(old)) {
        return;
    }
    for (ModelRef& model : wanted_) {
        if (model.run == old) {
            model.run = textOf(to);
        }
    }
    if (const auto held = held_.extract(old)) {
        auto moved = std::make_shared<Run>(*held.mapped());
        moved->folder = to;
        for (ComparedModel& shown : onTrain_) {
            if (shown.run == held.mapped()) {
                shown.run = moved;
            }
        }
        held_[textOf(to)] = std::move(moved);
    } else {
        loadMissing();
    }
    if (isWhole()) {
        assemble();
    }
}

/// What is gone is compared no longer.
void ComparisonSession::drop(const fs::path& folder) {
    const QString gone = textOf(folder);
    if (!isWanted(gone)) {
        return;
    }
    std::vector<ModelRef> left = wanted_;
    std::erase_if(left, [&](const ModelRef& model) { return model.run == gone; });
    want(left);
}

void ComparisonSession::assemble() {
    models_.clear();
    for (const ModelRef& wanted : wanted_) {
        const RunPointer& run = held_.at(wanted.run);
        const auto model = static_cast<std::size_t>(wanted.model);
        if (model < run->models.size()) {
            models_.push_back(
                {.run = run, .model = model, .runName = nameOf(*run), .label = {}, .variant = 0});
        }
    }
    nameApart(models_);
    giveLooks(models_);
    emit changed(models_);
    showOnTrain();
    readDataset();
}

QString ComparisonSession::nameOf(const Run& run) const {
    return run.folder.empty() ? tr("This training") : nameOfRun(run.folder);
}

void ComparisonSession::showOnTrain() {
    if (isUnderWay(training_.phase()) || !isWhole() || sameModels(onTrain_, models_)) {
        return;
    }
    onTrain_ = models_;
    training_.showComparison(models_);
}

void ComparisonSession::writeNotes(const fs::path& run, const QString& notes) {
    training_.writeNotes(run, notes);
    const auto held = held_.find(textOf(run));
    if (held == held_.end() || held->second->notes == notes.toStdString()) {
        return;
    }
    // Nobody is told: whoever shows notes shows these already.
    auto noted = std::make_shared<Run>(*held->second);
    noted->notes = notes.toStdString();
    for (Comparison* models : {&models_, &onTrain_}) {
        for (ComparedModel& model : *models) {
            if (model.run == held->second) {
                model.run = noted;
            }
        }
    }
    held->second = std::move(noted);
}

void ComparisonSession::readDataset() {
    if (models_.empty() || models_.front().run->dataset == datasetWanted_) {
        return;
    }
    datasetWanted_ = models_.front().run->dataset;
    ++datasetsUnderWay_;
    thread_.post(
        [this, wanted = datasetWanted_, datasets = training_.datasets()]() -> TaskThread::Answer {
            return [this, wanted, dataset = datasets->readImages(wanted)] {
                takeDataset(wanted, dataset, {});
            };
        },
        [this, wanted = datasetWanted_](const QString& why) { takeDataset(wanted, nullptr, why); });
}

void ComparisonSession::takeDataset(const DatasetInfo& wanted,
                                    const std::shared_ptr<const Dataset>& dataset,
                                    const QString& problem) {
    --datasetsUnderWay_;
    if (wanted != datasetWanted_) {
        return;  // others are wanted by now
    }
    dataset_ = dataset;
    emit datasetReady(dataset_);
    if (!dataset_) {
        datasetWanted_ = {};
        emit failed(problem);
    }
}

}  // namespace normscope
