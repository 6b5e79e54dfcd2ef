#include "ui/compared_model.h"

#include <algorithm>

namespace normscope {

bool sharesTestImages(const Comparison& models) {
    return std::ranges::all_of(models, [&](const ComparedModel& model) {
        return model.run->dataset.checksum == models.front().run->dataset.checksum;
    });
}

}  // namespace normscope
