#include "core/activations.h"

#include "core/torch_room.h"

namespace normscope {

Activations readActivations(const std::string& model, const std::string& name,
                            const NetworkSpec& spec, const DigitSet& set,
                            std::span<const int> images, int normLayer) {
    return torchRoom().readActivations(model, name, spec, set, images, normLayer);
}

Activations selectChannels(const Activations& all, int first, int count) {
    const auto chosen = [&](const std::vector<double>& values) {
        return std::vector(values.begin() + first, values.begin() + first + count);
    };
    const Shape4& shape = all.input.shape;
    Activations selected{
        .input = {{shape.images, count, shape.height, shape.width}, {}},
        .spec = all.spec,
        .affine = {chosen(all.affine.gamma), chosen(all.affine.beta)},
        .running = {chosen(all.running.mean), chosen(all.running.variance), all.running.batches}};
    for (int image = 0; image < shape.images; ++image) {
        const auto begin = all.input.values.begin() +
                           static_cast<std::ptrdiff_t>(offsetOf(shape, {image, first, 0, 0}));
        selected.input.values.insert(selected.input.values.end(), begin,
                                     begin + count * shape.plane());
    }
    const int ofSet = shape.channels / groupCount(all.spec, shape.channels);
    const bool whole = first % ofSet == 0 && count % ofSet == 0;
    selected.hasCutSets = all.spec.kind != NormKind::None && !whole;
    if (all.spec.kind == NormKind::Group) {
        selected.spec.groups = whole ? count / ofSet : 1;
    }
    return selected;
}

}  // namespace normscope
