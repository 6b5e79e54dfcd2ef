#include "app/report/report_content.h"

#include <QCoreApplication>
#include <algorithm>

#include "app/report/report_parts.h"
#include "app/report/report_picture.h"
#include "ui/chart/chart_picture.h"
#include "ui/misclassified/gallery_sheet.h"
#include "ui/misclassified/mistake_pictures.h"
#include "ui/train/inside_picture.h"
#include "ui/train/training_charts.h"

namespace normscope {
namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// Two below each other, and the heading, fill a page.
constexpr QSize kChartSize(900, 480);
constexpr int kGalleryColumns = 5;
constexpr int kGalleryRows = 4;
/// Drawn so small that their text can still be read where they are made to fit a page.
constexpr double kMistakePictureScale = 0.6;

/// What the mistakes of the models have in common, and how they came and went.
void addMistakePictures(ReportSection& section, const Comparison& models) {
    const Mistakes mistakes = mistakesAfter(models, /*epoch=*/std::nullopt);
    for (MistakePicture& drawn : mistakePictures(mistakes, /*image=*/std::nullopt)) {
        drawn.picture.naturalSize *= kMistakePictureScale;
        section.blocks.emplace_back(
            ReportFigure{drawn.file, std::move(drawn.picture), drawn.caption});
    }
}

/// What entered and left the norm layers while the models learned.
void addInsidePictures(ReportSection& section, const Comparison& models) {
    std::vector<InsidePicture> pictures = insidePictures(models);
    if (pictures.empty()) {
        return;
    }
    section.blocks.emplace_back(ReportSubheading{Texts::tr("Inside the networks")});
    section.blocks.emplace_back(ReportParagraph{
        Texts::tr("The first channel of each norm layer: between which values the middle 70 % of "
                  "the cells lie before the normalization and after it, over the training. The "
                  "line is their median. Figure 1 of arXiv 1502.03167 shows the same of one "
                  "unit.")});
    for (InsidePicture& drawn : pictures) {
        drawn.picture.naturalSize = kChartSize;
        section.blocks.emplace_back(
            ReportFigure{drawn.file, recorded(drawn.picture), drawn.caption});
    }
}

}  // namespace

std::vector<std::shared_ptr<const Run>> runsOf(const Comparison& models) {
    std::vector<std::shared_ptr<const Run>> runs;
    for (const ComparedModel& model : models) {
        if (std::ranges::find(runs, model.run) == runs.end()) {
            runs.push_back(model.run);
        }
    }
    return runs;
}

QString runNameOf(const Run& run, const Comparison& models) {
    const auto model = std::ranges::find(
        models, &run, [](const ComparedModel& compared) { return compared.run.get(); });
    return model->runName;
}

ReportSection curvesSection(const Comparison& models) {
    ReportSection section{Texts::tr("Learning curves"), {}};
    section.blocks.emplace_back(ReportParagraph{
        Texts::tr("The training figures are those of each mini-batch, as faint lines, and their "
                  "moving average. The test figures were measured after each epoch. The loss is "
                  "the negative log-likelihood of the true digit, without any L1 penalty.")});
    for (ChartContent& content : trainingCharts(models)) {
        const std::size_t chart = section.blocks.size() - 1;
        const QString title = content.description.title;
        Picture picture = chartPicture(std::make_shared<const ChartContent>(std::move(content)));
        picture.naturalSize = kChartSize;
        section.blocks.emplace_back(ReportFigure{kTrainingChartFiles.at(chart), recorded(picture),
                                                 Texts::tr("%1 of all models.").arg(title)});
    }
    addInsidePictures(section, models);
    return section;
}

ReportSection galleriesSection(const Comparison& models,
                               const std::shared_ptr<const Dataset>& dataset) {
    ReportSection section{Texts::tr("Misread digits"), {}};
    section.blocks.emplace_back(ReportParagraph{
        Texts::tr("The test digits that each model misread with the most confidence: the true "
                  "digit, what was read instead, with its probability, and the number of the "
                  "image, counted from 1.")});
    for (const ComparedModel& model : models) {
        const QString name = QStringLiteral("misread-%1-%2")
                                 .arg(section.blocks.size())
                                 .arg(QString::fromStdString(model.config().label));
        Picture sheet = gallerySheet(model, dataset, kGalleryColumns, kGalleryRows);
        sheet.naturalSize = gallerySheetSize(kGalleryColumns, kGalleryRows);
        section.blocks.emplace_back(ReportFigure{
            name, std::move(sheet), Texts::tr("Digits misread by %1.").arg(model.label)});
    }
    addMistakePictures(section, models);
    return section;
}

Report makeReport(const Comparison& models, const std::shared_ptr<const Dataset>& dataset) {
    QStringList runs;
    for (const auto& run : runsOf(models)) {
        runs << runNameOf(*run, models);
    }
    QStringList labels;
    for (const ComparedModel& model : models) {
        labels << model.label;
    }
    Report report;
    report.title = Texts::tr("How normalization changes what a network learns");
    report.subtitle = Texts::tr("%1 · models compared: %2")
                          .arg(runs.join(QStringLiteral(", ")), labels.join(QStringLiteral(", ")));
    report.sections = {aboutSection(models),
                       networkSection(models),
                       methodsSection(models),
                       curvesSection(models),
                       galleriesSection(models, dataset),
                       findingsSection(models),
                       notesSection(models),
                       reproductionSection(models)};
    return report;
}

}  // namespace normscope
