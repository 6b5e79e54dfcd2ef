#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "ui/misclassified/mistakes.h"
#include "ui/picture/picture.h"

namespace normscope {

/// Something that is drawn of the mistakes of all models together.
struct MistakePicture {
    QString file;  ///< what it is called, in every language; without suffix
    Picture picture;
    QString caption;  ///< how to read it
};

/// The confusion matrices, who misreads what, and how the mistakes came and went: each where there
/// is something to show. Those of an earlier epoch than the last name it. `image` is the digit
/// whose history is shown.
std::vector<MistakePicture> mistakePictures(const Mistakes& mistakes, std::optional<int> image);

}  // namespace normscope
