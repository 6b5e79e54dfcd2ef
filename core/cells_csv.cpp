#include "core/cells_csv.h"

#include <cmath>
#include <optional>

#include "core/excerpt.h"
#include "core/files.h"
#include "core/numbers.h"

namespace normscope {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlanks = " \t";
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// Takes the next line off the text; lines end as on Unix, Windows or old Macs.
std::string_view takeLine(std::string_view& text) {
    const std::size_t end = text.find_first_of("\r\n");
    const std::string_view line = text.substr(0, end);
    if (end == std::string_view::npos) {
        text = {};
        return line;
    }
    const bool both = text.substr(end, 2) == "\r\n";
    text.remove_prefix(end + (both ? 2 : 1));
    return line;
}

double parseCell(std::string_view piece, const std::string& place) {
    const std::string_view text = trimmed(piece);
    if (text.empty()) {
        throw CellsError(place + " a number is missing beside a comma.");
    }
    const auto value = parseNumber(text);
    if (!value || !std::isfinite(*value)) {
        throw CellsError(place + " " + excerpt(text) +
                         " is not a finite number; write numbers with a decimal point, and commas "
                         "or line ends between them.");
    }
    return *value;
}

/// Appends the numbers of a line.
void readLine(std::string_view line, const std::string& file, const std::string& place,
              std::vector<double>& values) {
    const bool endsInComma = line.ends_with(',');
    while (!line.empty()) {
        if (values.size() == kMostCells) {
            throw CellsError(file + " holds more than " + std::to_string(kMostCells) + " numbers.");
        }
        values.push_back(parseCell(takeUntil(line, ','), place));
    }
    if (endsInComma) {
        parseCell({}, place);
    }
}

/// Whether the lines and blocks of a file are all as long as the first.
class LayoutReader {
  public:
    explicit LayoutReader(Cells& cells) : cells_(cells) {}

    void blankLine() {
        if (lines_ == 0) {
            return;
        }
        if (cells_.height == 0) {
            cells_.height = lines_;
        }
        cells_.even = cells_.even && lines_ == cells_.height;
        lines_ = 0;
    }

    void line(std::int64_t numbers) {
        if (cells_.width == 0) {
            cells_.width = numbers;
        }
        cells_.even = cells_.even && numbers == cells_.width;
        ++lines_;
    }

  private:
    Cells& cells_;
    std::int64_t lines_ = 0;  ///< of the present block
};

std::string countOf(std::size_t numbers) {
    return std::to_string(numbers) + (numbers == 1 ? " number" : " numbers");
}

std::string formatShape(const Shape4& shape) {
    return std::to_string(shape.images) + "," + std::to_string(shape.channels) + "," +
           std::to_string(shape.height) + "," + std::to_string(shape.width);
}

/// Into how many channels each image's blocks go, if it works out.
std::optional<std::int64_t> channelsOf(std::int64_t blocks, int preferred, const Shape4& largest) {
    std::vector<std::int64_t> candidates{preferred, blocks};
    for (std::int64_t channels = 1; channels <= largest.channels; ++channels) {
        candidates.push_back(channels);
    }
    for (const std::int64_t channels : candidates) {
        if (channels >= 1 && channels <= largest.channels && blocks % channels == 0 &&
            blocks / channels <= largest.images) {
            return channels;
        }
    }
    return std::nullopt;
}

}  // namespace

Cells parseCells(std::string_view text, const std::string& file) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // some spreadsheets begin with it
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    Cells cells;
    LayoutReader layout(cells);
    for (std::int64_t number = 1; !text.empty(); ++number) {
        const std::string_view line = takeLine(text);
        if (trimmed(line).empty()) {
            layout.blankLine();
            continue;
        }
        const std::string place = file + ", line " + std::to_string(number) + ":";
        const std::size_t before = cells.values.size();
        readLine(line, file, place, cells.values);
        layout.line(static_cast<std::int64_t>(cells.values.size() - before));
    }
    layout.blankLine();
    if (cells.values.empty()) {
        throw CellsError(file +
                         " holds no number; write the N*C*H*W numbers of the tensor into it.");
    }
    return cells;
}

Tensor4 cellsOfShape(Cells cells, const Shape4& shape, const std::string& file) {
    if (static_cast<std::int64_t>(cells.values.size()) != shape.count()) {
        throw CellsError(file + " holds " + countOf(cells.values.size()) + ", but the shape " +
                         formatShape(shape) + " takes " + std::to_string(shape.count()) + ".");
    }
    return {shape, std::move(cells.values)};
}

Shape4 guessShape(const Cells& cells, const Shape4& preferred, const Shape4& largest,
                  const std::string& file) {
    const auto count = static_cast<std::int64_t>(cells.values.size());
    const std::string advice =
        " Set images, channels, height and width first, or let each line be a row and set a blank "
        "line between the channels.";
    if (preferred.count() == count) {
        return preferred;
    }
    if (!cells.even) {
        throw CellsError(file + " holds " + countOf(cells.values.size()) +
                         " in lines or blocks of different lengths." + advice);
    }
    const std::int64_t blocks = count / (cells.width * cells.height);
    const auto channels = channelsOf(blocks, preferred.channels, largest);
    if (cells.width > largest.width || cells.height > largest.height || !channels) {
        throw CellsError(file + " holds " + std::to_string(blocks) +
                         (blocks == 1 ? " block of " : " blocks of ") +
                         std::to_string(cells.height) + " x " + std::to_string(cells.width) +
                         ", more than " + std::to_string(largest.images) + " images of " +
                         std::to_string(largest.channels) + " channels of " +
                         std::to_string(largest.height) + " x " + std::to_string(largest.width) +
                         " can take." + advice);
    }
    return {static_cast<int>(blocks / *channels), static_cast<int>(*channels),
            static_cast<int>(cells.height), static_cast<int>(cells.width)};
}

std::string formatCells(const Tensor4& tensor) {
    const auto width = static_cast<std::size_t>(tensor.shape.width);
    const auto plane = static_cast<std::size_t>(tensor.shape.plane());
    std::string text;
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
        text += formatNumber(tensor.values[i]);
        text += (i + 1) % width == 0 ? '\n' : ',';
        if ((i + 1) % plane == 0 && i + 1 < tensor.values.size()) {
            text += '\n';
        }
    }
    return text;
}

Cells readCells(const std::filesystem::path& path) {
    constexpr std::size_t kLongestNumber = 32;
    return parseCells(readFile(path, kLongestNumber * kMostCells), path.string());
}

}  // namespace normscope
