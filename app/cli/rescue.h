#pragma once

namespace normscope {

class RunWriter;

/// At the end of a training that could not be written where it should be: tries there once more,
/// and then where the window keeps its runs and where temporary files go. Throws
/// std::runtime_error, with where the run is by now, unless it could be written after all.
void saveSomewhere(RunWriter& writer);

}  // namespace normscope
