#pragma once

#include "ui/compared_model.h"
#include "ui/picture/picture.h"
#include "ui/train/inside_content.h"

namespace normscope {

/// What was recorded of one channel while these models learned.
InsideContent insideOf(const Comparison& models, int normLayer, int channel);

/// The content as a picture with its title.
Picture insidePicture(InsideContent content);

/// A picture for each norm layer whose first channel was recorded in one of the models, and what
/// its file is called in every language.
struct InsidePicture {
    QString file;
    QString caption;
    Picture picture;
};
std::vector<InsidePicture> insidePictures(const Comparison& models);

}  // namespace normscope
