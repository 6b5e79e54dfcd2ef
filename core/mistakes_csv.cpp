#include "core/mistakes_csv.h"

#include "core/csv_field.h"
#include "core/numbers.h"

namespace normscope {
namespace {

void appendMistakes(std::string& csv, const NamedEvaluation& model) {
    const Evaluation& read = model.evaluation;
    const std::string name = csvField(model.name);
    for (std::size_t i = 0; i < read.predictions.size(); ++i) {
        if (read.predictions[i] == read.labels[i]) {
            continue;
        }
        csv += name + ',' + std::to_string(i) + ',' + std::to_string(read.labels[i]) + ',' +
               std::to_string(read.predictions[i]) + ',' +
               formatNumber(read.probabilityOfPrediction[i]) + ',' +
               formatNumber(read.probabilityOfLabel[i]) + '\n';
    }
}

}  // namespace

std::string formatMistakes(std::span<const NamedEvaluation> models) {
    std::string csv = "model,index,label,predicted,probability_predicted,probability_label\n";
    for (const NamedEvaluation& model : models) {
        appendMistakes(csv, model);
    }
    return csv;
}

}  // namespace normscope
