#include "app/sheet_files.h"

#include <QFileInfo>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/cells_csv.h"
#include "core/files.h"
#include "core/normalization_workbook.h"

namespace normscope {
namespace {

constexpr Shape4 kLargest{kLargestImages, kLargestChannels, kLargestSide, kLargestSide};
constexpr std::size_t kMaxJsonBytes = 256 << 20;

bool hasSuffix(const QString& path, const char* suffix) {
    return path.endsWith(QLatin1String(suffix), Qt::CaseInsensitive);
}

OpenedSheet readSheet(const QString& path, const Shape4& preferred) {
    const std::string file = path.toStdString();
    OpenedSheet sheet{.name = QFileInfo(path).fileName(), .record = {}, .cellsAlone = false};
    if (hasSuffix(path, ".json")) {
        sheet.record = parseNormalization(readFile(file, kMaxJsonBytes), kLargest, file);
    } else {
        Cells cells = readCells(file);
        const Shape4 shape = guessShape(cells, preferred, kLargest, file);
        sheet.record.input = cellsOfShape(std::move(cells), shape, file);
        sheet.cellsAlone = true;
    }
    return sheet;
}

NormTrace traceOf(const SheetState& state) {
    NormTrace trace = state.usesRunning() ? normalizeWithRunning(*state.input, state.spec,
                                                                 state.affine, state.running)
                                          : normalize(*state.input, state.spec, state.affine);
    for (const auto* values : {&trace.mean, &trace.variance, &trace.output.values}) {
        if (!std::ranges::all_of(*values, [](double value) { return std::isfinite(value); })) {
            throw std::runtime_error(
                SheetFiles::tr("The numbers are so large that what comes of them is beyond double "
                               "precision.")
                    .toStdString());
        }
    }
    return trace;
}

NormalizationRecord recordOf(const SheetState& state) {
    NormalizationRecord record{.input = *state.input,
                               .spec = state.spec,
                               .affine = state.affine,
                               .training = state.training,
                               .running = {}};
    if (state.spec.kind == NormKind::Batch) {
        record.running = state.running;
    }
    return record;
}

void writeWorkbook(const QString& path, const SheetState& state) {
    if (const auto refusal = refusalOfWorkbook(state.input->shape)) {
        throw std::runtime_error(*refusal);
    }
    if (state.usesRunning()) {
        throw std::runtime_error(
            SheetFiles::tr("A workbook computes with the statistics of its own input: put batch "
                           "norm into training mode first.")
                .toStdString());
    }
    writeNormalizationWorkbook(path.toStdString(), *state.input, state.spec, traceOf(state));
}

void writeSheet(const QString& path, const SheetState& state) {
    if (hasSuffix(path, ".json")) {
        writeFile(path.toStdString(), formatNormalization(recordOf(state), traceOf(state)));
    } else if (hasSuffix(path, ".csv")) {
        writeFile(path.toStdString(), formatCells(*state.input));
    } else if (hasSuffix(path, ".xlsx")) {
        writeWorkbook(path, state);
    } else {
        throw std::runtime_error(
            SheetFiles::tr("%1 does not end in .json, .csv or .xlsx.").arg(path).toStdString());
    }
}

}  // namespace

SheetFiles::SheetFiles(QObject* parent) : QObject(parent), thread_(QStringLiteral("sheets")) {}

void SheetFiles::post(TaskThread::Task task) {
    thread_.post(std::move(task), [this](const QString& why) { emit failed(why); });
}

void SheetFiles::open(const QString& path, const Shape4& preferred) {
    post([this, path, preferred]() -> TaskThread::Answer {
        TaskThread::turnTo(path.toStdString());
        auto sheet = std::make_shared<const OpenedSheet>(readSheet(path, preferred));
        return [this, sheet = std::move(sheet)] { emit opened(sheet); };
    });
}

void SheetFiles::save(const QString& path, const SheetState& state) {
    post([this, path, state]() -> TaskThread::Answer {
        TaskThread::turnTo(path.toStdString());
        writeSheet(path, state);
        return [this, path] { emit saved(path); };
    });
}

}  // namespace normscope
