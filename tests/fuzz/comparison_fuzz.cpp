// comparison.json, and the notes in it.

#include "core/run_formats.h"
#include "tests/fuzz/reader.h"

using namespace normscope;
using namespace normscope::fuzz;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = textOf(data, size);
    readOrRefuse([&] {
        const Run run = parseComparison(text, kFile);
        const std::vector<ModelSummary> summaries = parseSummaries(text, kFile);
        expect(summaries.size() == run.models.size(), "every model has its figures");
        const Run again = parseComparison(formatComparison(run, summaries), kFile);
        expect(again.config == run.config && again.dataset == run.dataset, "settings come back");
        expect(again.notes == run.notes && again.command == run.command, "so do the words");
    });
    readOrRefuse([&] {
        const std::string notes = parseNotes(text, kFile);
        const std::string other = withNotes(text, kFile, notes + "\nmore");
        expect(parseNotes(other, kFile) == notes + "\nmore", "notes come back");
    });
    return 0;
}
