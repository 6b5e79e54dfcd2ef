#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <clocale>
#include <cmath>
#include <memory>

#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/painting_application.h"
#include "core/cells_csv.h"
#include "core/files.h"
#include "core/normalization_json.h"
#include "core/normalization_workbook.h"
#include "core/numbers.h"
#include "ui/normalize/sheet_picture.h"
#include "ui/picture/picture_export.h"

namespace normscope {
namespace {

enum class Format { Json, Csv, Xlsx, Png, Svg };
constexpr std::array<std::pair<std::string_view, Format>, 5> kFormats{{{".json", Format::Json},
                                                                       {".csv", Format::Csv},
                                                                       {".xlsx", Format::Xlsx},
                                                                       {".png", Format::Png},
                                                                       {".svg", Format::Svg}}};

bool isPicture(Format format) {
    return format == Format::Png || format == Format::Svg;
}

/// By the end of the name, in any case of letters.
std::optional<Format> formatOf(const QString& path) {
    for (const auto& [suffix, format] : kFormats) {
        const QLatin1String ending(suffix.data(), static_cast<qsizetype>(suffix.size()));
        if (path.endsWith(ending, Qt::CaseInsensitive)) {
            return format;
        }
    }
    return std::nullopt;
}

/// Pictures need fonts and so all of the application; nothing else waits for that.
std::unique_ptr<QCoreApplication> makeApplication(const QStringList& arguments) {
    const bool paints = std::ranges::any_of(arguments, [](const QString& argument) {
        const auto format = formatOf(argument);
        return format && isPicture(*format);
    });
    if (paints) {
        return makePaintingApplication();
    }
    static int none = 1;
    static char name[] = "normscope";
    static char* noArguments[] = {name, nullptr};
    auto application = std::make_unique<QCoreApplication>(none, noArguments);
    std::setlocale(LC_NUMERIC, "C");
    return application;
}

void addNormalizeOptions(CommandLine& line) {
    line.addOption("input", "N*C*H*W numbers in N,C,H,W order, separated by commas or line ends.",
                   "CELLS.csv");
    line.addOption("shape", "Images, channels, height and width of the tensor.", "N,C,H,W");
    line.addOption("norm", "batch, layer, group or instance.", "NAME");
    line.addOption("groups", "Groups of group norm; no other norm looks at it. Default: 2.", "G",
                   "2");
    line.addOption("eps", "Added to the variance. Default: 1e-05.", "E",
                   QString::fromStdString(formatNumber(NormSpec{}.eps)));
    line.addOption("gamma", "Factor of each channel. Default: ones.", "a,b,...");
    line.addOption("beta", "What is added to each channel. Default: zeros.", "a,b,...");
    line.addOption("out",
                   "Everything as .json, the output alone as .csv, a workbook that computes "
                   "itself as .xlsx, or the sheet as a picture: .png or .svg.",
                   "FILE");
}

Shape4 readShape(const CommandLine& line) {
    const std::string given = line.required("shape");
    const auto sides = split(given, ',');
    std::array<int, 4> shape{};
    std::int64_t count = 1;
    const auto fail = [&](const std::string& what) {
        throw UsageError("--shape: \"" + given + "\" " + what + ".");
    };
    if (sides.size() != shape.size()) {
        fail("is not four whole numbers N,C,H,W");
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const auto side = parseInteger(sides[i]);
        if (!side || *side < 1) {
            fail("is not four whole numbers N,C,H,W of at least 1");
        }
        if (*side > kMostCells / count) {
            fail("is more than " + std::to_string(kMostCells) + " numbers");
        }
        shape[i] = static_cast<int>(*side);
        count *= *side;
    }
    return {shape[0], shape[1], shape[2], shape[3]};
}

NormSpec readSpec(const CommandLine& line, const Shape4& shape) {
    NormSpec spec;
    const std::string name = line.required("norm");
    const auto kind = normKindNamed(name);
    if (!kind || *kind == NormKind::None) {
        throw UsageError("--norm: \"" + name + "\" is neither batch nor layer, group or instance.");
    }
    spec.kind = *kind;
    if (spec.kind == NormKind::Group) {
        spec.groups = line.integer("groups", 1, static_cast<int>(kMostCells));
        if (shape.channels % spec.groups != 0) {
            throw UsageError("--groups: " + std::to_string(spec.groups) + " groups do not divide " +
                             std::to_string(shape.channels) +
                             (shape.channels == 1 ? " channel" : " channels") +
                             "; give a number that does.");
        }
    }
    spec.eps = line.number("eps");
    if (!(spec.eps > 0.0) || !std::isfinite(spec.eps)) {
        throw UsageError("--eps: \"" + line.text("eps") + "\" is not a number greater than 0.");
    }
    if (const auto refusal = refusalOfPyTorch(shape, spec)) {
        throw UsageError("--shape: " + *refusal);
    }
    return spec;
}

std::vector<double> readPerChannel(const CommandLine& line, const QString& option, int channels,
                                   double otherwise) {
    if (!line.isSet(option)) {
        return std::vector<double>(static_cast<std::size_t>(channels), otherwise);
    }
    const std::string name = "--" + option.toStdString() + ": ";
    const std::string given = line.text(option);
    std::vector<double> values;
    for (const std::string_view piece : split(given, ',')) {
        const auto value = parseNumber(piece);
        if (!value || !std::isfinite(*value)) {
            throw UsageError(name + "\"" + std::string(piece) + "\" is not a number.");
        }
        values.push_back(*value);
    }
    if (values.size() != static_cast<std::size_t>(channels)) {
        throw UsageError(name + "there are " + std::to_string(values.size()) +
                         " numbers, but the shape has " + std::to_string(channels) +
                         (channels == 1 ? " channel." : " channels."));
    }
    return values;
}

Tensor4 readInput(const CommandLine& line, const Shape4& shape) {
    const std::filesystem::path path = line.path("input");
    try {
        return cellsOfShape(readCells(path), shape, path.string());
    } catch (const CellsError& error) {
        throw UsageError(error.what());
    }
}

/// Finite numbers may still be so large that their squares are not.
void requireFinite(const NormTrace& trace, const std::string& file) {
    for (const auto* values :
         {&trace.mean, &trace.variance, &trace.normalized.values, &trace.output.values}) {
        if (!std::ranges::all_of(*values, [](double value) { return std::isfinite(value); })) {
            throw UsageError(file +
                             " holds numbers so large that their mean, variance or output "
                             "is beyond double precision.");
        }
    }
}

void writeSheetPicture(const std::filesystem::path& out, PictureFormat format,
                       const NormalizationRecord& record) {
    SheetState state;
    state.input = std::make_shared<const Tensor4>(record.input);
    state.spec = record.spec;
    state.affine = record.affine;
    state.running = RunningStatistics::initial(record.input.shape.channels);
    const Picture picture = sheetPicture(state);
    if (const auto problem = writePicture(QString::fromStdString(out.string()), format, picture,
                                          /*caption=*/{}, {.size = picture.naturalSize})) {
        throw std::runtime_error(problem->toStdString());
    }
}

void write(const std::filesystem::path& out, Format format, const NormalizationRecord& record,
           const NormTrace& trace) {
    switch (format) {
        case Format::Json:
            writeFile(out, formatNormalization(record, trace));
            break;
        case Format::Csv:
            writeFile(out, formatCells(trace.output));
            break;
        case Format::Xlsx:
            writeNormalizationWorkbook(out, record.input, record.spec, trace);
            break;
        case Format::Png:
            writeSheetPicture(out, PictureFormat::Png, record);
            break;
        case Format::Svg:
            writeSheetPicture(out, PictureFormat::Svg, record);
            break;
    }
}

}  // namespace

int runNormalize(const QStringList& arguments) {
    const auto application = makeApplication(arguments);
    CommandLine line("normalize",
                     "Normalizes a tensor: every mean, variance and output, in a file.");
    addNormalizeOptions(line);
    if (!line.parse(arguments)) {
        return 0;
    }
    NormalizationRecord record;
    const std::filesystem::path input = line.path("input");
    const Shape4 shape = readShape(line);
    record.spec = readSpec(line, shape);
    record.affine = {readPerChannel(line, "gamma", shape.channels, 1.0),
                     readPerChannel(line, "beta", shape.channels, 0.0)};
    const std::filesystem::path out = line.path("out");
    const auto format = formatOf(QString::fromStdString(out.string()));
    if (!format) {
        throw UsageError("--out: " + out.string() +
                         " does not end in .json, .csv, .xlsx, .png or .svg.");
    }
    if (const auto refusal = refusalOfWorkbook(shape); refusal && *format == Format::Xlsx) {
        throw UsageError("--out: " + *refusal);
    }
    record.input = readInput(line, shape);
    const NormTrace trace = normalize(record.input, record.spec, record.affine);
    requireFinite(trace, input.string());
    write(out, *format, record, trace);
    return 0;
}

}  // namespace normscope
