#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/painting_application.h"
#include "app/dataset_cache.h"
#include "app/report/report_writer.h"
#include "app/run_views.h"
#include "app/window_environment.h"
#include "core/files.h"
#include "core/mistakes_csv.h"
#include "core/runs.h"
#include "ui/chart/chart_csv.h"
#include "ui/chart/chart_picture.h"
#include "ui/compared_model.h"
#include "ui/findings/summary_chart.h"
#include "ui/findings/summary_csv.h"
#include "ui/misclassified/gallery_sheet.h"
#include "ui/misclassified/mistake_pictures.h"
#include "ui/picture/picture_export.h"
#include "ui/train/inside_picture.h"
#include "ui/train/model_texts.h"
#include "ui/train/training_charts.h"

namespace normscope {
namespace {

namespace fs = std::filesystem;

constexpr auto kSummary =
    "Writes what a run measured: pictures, tables, a report.\n"
    "\n"
    "With neither --charts, --galleries nor --report: charts and galleries. Files of these names\n"
    "that are in the folder already are replaced, all others are left alone:\n"
    "  --charts      training-loss, test-loss, training-accuracy, test-accuracy, wrong,\n"
    "                last-epochs, accuracy-per-digit; each as .png (two dots a pixel), .svg,\n"
    "                .pdf, and its values as .csv; and inside-norm-layer-1 to -6, as pictures\n"
    "  --galleries   misread-LABEL-5x2 and misread-LABEL-5x4 of each model, each as .png, .svg,\n"
    "                .pdf: the surest mistakes; confusion, between-models and training-history,\n"
    "                alike; and misread.csv: all mistakes of all models\n"
    "  --report      report.html or report.pdf, one file; or report.md with its pictures in the\n"
    "                folder report-pictures\n";

constexpr int kGalleryColumns = 5;
constexpr std::array kGalleryRows{2, 4};

/// A run is exported as far as it is whole; what is missing is told, a line each.
void tell(const std::string& sentence) {
    std::fprintf(stderr, "normscope: %s\n", sentence.c_str());
}

void require(const std::optional<QString>& problem) {
    if (problem) {
        throw std::runtime_error(problem->toStdString());
    }
}

/// The images that the run was tested on. Throws where they are others or cannot be read.
std::shared_ptr<const Dataset> readImages(const CommandLine& line, const Run& run) {
    DatasetCache images(windowEnvironment().folders.bundledData);
    DatasetInfo wanted = run.dataset;
    if (line.isSet("data")) {
        wanted.folder = line.path("data").string();
    }
    try {
        return images.readImages(wanted);
    } catch (const DatasetError& error) {
        throw std::runtime_error(std::string(error.what()) +
                                 " Name the folder of these images with --data.");
    }
}

/// What is asked for.
struct Wishes {
    bool charts = false;
    bool galleries = false;
    std::optional<ReportFormat> report;
};

Wishes readWishes(const CommandLine& line) {
    Wishes wishes{line.isSet("charts"), line.isSet("galleries"), {}};
    if (line.isSet("report")) {
        wishes.report = reportFormatNamed(QString::fromStdString(line.text("report")));
        if (!wishes.report) {
            throw UsageError("--report: \"" + line.text("report") +
                             "\" is neither html nor pdf or md.");
        }
    }
    const bool nothing = !wishes.charts && !wishes.galleries && !wishes.report;
    return nothing ? Wishes{true, true, {}} : wishes;
}

/// Writes into one folder, and knows what stands below each picture.
class Exporter {
  public:
    Exporter(fs::path folder, QString caption)
        : folder_(std::move(folder)), caption_(std::move(caption)) {}

    void writeCharts(const Comparison& models) const;
    void writeGalleries(const Comparison& models,
                        const std::shared_ptr<const Dataset>& images) const;
    void writeReport(const Comparison& models, const std::shared_ptr<const Dataset>& images,
                     ReportFormat format) const;

  private:
    QString path(const std::string& file) const {
        return QString::fromStdString((folder_ / file).string());
    }

    /// In all three formats.
    void writePictures(const std::string& name, const Picture& picture) const {
        for (const auto format : {PictureFormat::Png, PictureFormat::Svg, PictureFormat::Pdf}) {
            require(writePicture(path(name) + fileSuffix(format), format, picture, caption_,
                                 {.size = picture.naturalSize}));
        }
    }

    void writeMistakes(const Comparison& models) const;

    fs::path folder_;
    QString caption_;
};

void Exporter::writeCharts(const Comparison& models) const {
    const std::vector<ChartContent> charts = trainingCharts(models);
    for (std::size_t i = 0; i < charts.size(); ++i) {
        const std::string name = kTrainingChartFiles.at(i);
        const auto chart = std::make_shared<const ChartContent>(charts[i]);
        writePictures(name, chartPicture(chart));
        require(writeChartCsv(path(name + ".csv"), *chart));
    }
    for (const InsidePicture& inside : insidePictures(models)) {
        writePictures(inside.file.toStdString(), inside.picture);
    }
    for (const SummaryContent& summary : summariesOf(models)) {
        if (!summary.series.empty()) {
            const std::string name = fileName(summary.kind);
            writePictures(name, summaryPicture(summary));
            require(writeSummaryCsv(path(name + ".csv"), summary));
        }
    }
}

void Exporter::writeGalleries(const Comparison& models,
                              const std::shared_ptr<const Dataset>& images) const {
    for (const ComparedModel& model : models) {
        if (!model.history().evaluation) {
            continue;
        }
        for (const int rows : kGalleryRows) {
            const std::string size = std::to_string(kGalleryColumns) + "x" + std::to_string(rows);
            writePictures("misread-" + model.config().label + "-" + size,
                          gallerySheet(model, images, kGalleryColumns, rows));
        }
    }
    for (const MistakePicture& drawn :
         mistakePictures(mistakesAfter(models, /*epoch=*/std::nullopt), /*image=*/std::nullopt)) {
        writePictures(drawn.file.toStdString(), drawn.picture);
    }
    writeMistakes(models);
}

void Exporter::writeMistakes(const Comparison& models) const {
    std::vector<NamedEvaluation> read;
    for (const ComparedModel& model : models) {
        if (const auto& evaluation = model.history().evaluation) {
            read.push_back({model.config().label, *evaluation});
        }
    }
    writeFile(folder_ / "misread.csv", formatMistakes(read));
}

void Exporter::writeReport(const Comparison& models, const std::shared_ptr<const Dataset>& images,
                           ReportFormat format) const {
    const QString file = path("report.") + nameOf(format);
    if (const QString problem = normscope::writeReport(models, images, file, format);
        !problem.isEmpty()) {
        throw std::runtime_error(problem.toStdString());
    }
}

bool isMeasured(const Run& run) {
    return std::ranges::any_of(run.models, [](const ModelHistory& history) {
        return !history.steps.empty() || !history.epochs.empty();
    });
}

/// Tells what of the run is missing for this.
void tellOfGaps(const Run& run, const Wishes& wishes) {
    const bool charts = wishes.charts || wishes.report;
    const bool galleries = wishes.galleries || wishes.report;
    for (const std::string& problem : run.problems) {
        tell(problem);
    }
    for (std::size_t i = 0; i < run.models.size(); ++i) {
        const ModelHistory& history = run.models[i];
        const std::string model = "\"" + run.config.models[i].label + "\"";
        if (charts && (history.steps.empty() || history.epochs.empty())) {
            tell("The charts lack curves of " + model + ": " +
                 (history.steps.empty() ? kStepsFile : kEpochsFile) + " holds none.");
        }
        if (galleries && !history.evaluation) {
            tell("There is no gallery of " + model +
                 ": what it read after its last epoch is not "
                 "there.");
        }
    }
}

}  // namespace

int runExport(const QStringList& arguments) {
    const auto application = makePaintingApplication();
    CommandLine line("export", kSummary);
    line.addOption("run", "Folder of the run.", "DIR");
    line.addOption("charts", "The charts of page Train.");
    line.addOption("galleries", "The misread digits of each model.");
    line.addOption("report", "A report to read and to hand on: html, pdf or md.", "FORMAT");
    line.addOption("data",
                   "Folder of the images that the run was tested on. Default: where it had them, "
                   "else the MNIST that comes with the program.",
                   "DIR");
    line.addOption("out", "Folder to write to; made where there is none.", "DIR");
    if (!line.parse(arguments)) {
        return 0;
    }
    const fs::path folder = line.path("run");
    const fs::path out = line.path("out");
    const Wishes wishes = readWishes(line);

    const auto run = std::make_shared<const Run>(readRun(folder));
    if (!isMeasured(*run)) {
        throw std::runtime_error("There is nothing to export from " + folder.string() +
                                 ": no model of it has been trained.");
    }
    const auto images = wishes.galleries || wishes.report ? readImages(line, *run) : nullptr;
    tellOfGaps(*run, wishes);

    createFolder(out);
    const Exporter exporter(
        out, configurationText(run->config, nameOfData(run->config.data,
                                                       windowEnvironment().folders.bundledData)));
    const Comparison models = comparisonOf(run);
    if (wishes.charts) {
        exporter.writeCharts(models);
    }
    if (wishes.galleries) {
        exporter.writeGalleries(models, images);
    }
    if (wishes.report) {
        exporter.writeReport(models, images, *wishes.report);
    }
    return 0;
}

}  // namespace normscope
