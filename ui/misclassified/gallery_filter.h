#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/agreement.h"
#include "ui/misclassified/gallery_answers.h"

namespace normscope {

enum class GalleryOrder {
    Confidence,  ///< in the wrong answer, the surest first; then the right ones, the surest last
    Loss,        ///< -log probability of the label, the largest first
    Index,
    Label
};

/// Who misreads the digits that are wanted.
struct MisreaderFilter {
    std::optional<ModelSet> exactly;  ///< these models and no others
    std::optional<int> count;         ///< so many models

    bool isEmpty() const { return !exactly && !count; }
    bool takes(ModelSet misreaders) const;

    friend bool operator==(const MisreaderFilter&, const MisreaderFilter&) = default;
};

/// Which digits the galleries show.
struct GalleryFilter {
    std::optional<int> label;
    std::optional<int> prediction;
    MisreaderFilter misreaders;
    bool correctToo = false;

    /// Apart from whether correct ones are shown, which hides no mistake.
    bool isNarrow() const { return label || prediction || !misreaders.isEmpty(); }

    friend bool operator==(const GalleryFilter&, const GalleryFilter&) = default;
};

/// The images to be shown, in their order. `misreaders` of each image; empty where the models
/// cannot be held against each other: then that part of the filter is left aside.
std::vector<int> shownImages(const GalleryAnswers& answers, std::span<const ModelSet> misreaders,
                             const GalleryFilter& filter, GalleryOrder order);

}  // namespace normscope
