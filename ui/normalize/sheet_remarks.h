#pragma once

#include <QString>
#include <optional>

#include "ui/normalize/sheet_state.h"

namespace normscope {

// One or two sentences below the sheet on what it shows.

/// Which cells share a mean and a variance: "Layer norm: ...".
QString normRemark(const SheetState& state);

/// What epsilon does for sets whose cells are all equal; empty where there is none.
QString zeroVarianceRemark(const NormTrace& trace);

/// Why the statistics are not those of the model: a part of the `channels` of its layer is shown.
QString partOfLayerRemark(int channels);

/// What a poke of one image did to the others, and why.
QString pokeRemark(const SheetState& state, const PokeResult& result);

/// What the input shows while looking backwards from `cell`.
QString backwardsRemark(const SheetState& state, const std::optional<SheetCell>& cell);

}  // namespace normscope
