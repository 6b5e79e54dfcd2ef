#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/network.h"

namespace normscope {

/// Whether each training image is changed a little, anew in every epoch but those that
/// changesImages() leaves out: turned, scaled and shifted (affine), or also bent (elastic).
enum class Augmentation { None, Affine, Elastic };
std::string_view nameOf(Augmentation augmentation);
std::optional<Augmentation> augmentationNamed(std::string_view name);

/// What computes the derivatives: the hand-written kernels, or LibTorch's autograd as reference.
enum class EngineKind { Kernel, Torch };
std::string_view nameOf(EngineKind engine);
std::optional<EngineKind> engineNamed(std::string_view name);

inline constexpr int kMaxEpochs = 1000;  ///< of all cycles together

/// One network of a comparison.
struct ModelConfig {
    std::string label;  ///< unique in the comparison; names its folder, its curve and its row
    NetworkSpec network;
    double l1 = 0.0;  ///< lambda of the L1 penalty: lambda * sum |p| over all parameters; 0 = off

    friend bool operator==(const ModelConfig&, const ModelConfig&) = default;
};

/// Everything that decides the numbers of a comparison, besides the data.
struct TrainingConfig {
    std::vector<ModelConfig> models;
    /// Epochs of each one-cycle run after the other. A comparison starts with one cycle; each
    /// "more epochs" adds another, since a cycle ends at a learning rate of almost zero.
    std::vector<int> cycles{20};
    int batchSize = 64;
    double learningRate = 0.05;  ///< the peak of each cycle
    Augmentation augmentation = Augmentation::None;
    std::uint64_t seed = 1;
    int threads = 1;  ///< of each model
    EngineKind engine = EngineKind::Kernel;
    std::optional<int> trainLimit;  ///< the first so many training images; all of them if empty
    std::filesystem::path data;     ///< folder of the four IDX files; the bundled MNIST if empty

    int epochs() const;  ///< of all cycles together

    friend bool operator==(const TrainingConfig&, const TrainingConfig&) = default;
};

/// Images that an epoch trains on, and mini-batches that they make.
int trainingImages(const TrainingConfig& config, int available);
std::int64_t stepsPerEpoch(const TrainingConfig& config, int available);

/// Whether an epoch, counted from 1, changes the images. The last of a long cycle does not: its
/// learning rate is a twentieth of the peak and less, and the running statistics of batch norm
/// become those of images like the ones that will be read.
inline constexpr int kLongCycle = 10;  ///< epochs
bool changesImages(const TrainingConfig& config, int epoch);

/// A value that cannot be trained with. `field` is its name on the command line, without dashes.
class ConfigError : public std::invalid_argument {
  public:
    ConfigError(std::string field, const std::string& what)
        : std::invalid_argument(what), field_(std::move(field)) {}
    const std::string& field() const { return field_; }

  private:
    std::string field_;
};

/// Throws ConfigError for the first value out of its range: the message is one plain sentence.
void validate(const TrainingConfig& config);

/// Six numbers, "2,2,2,2,3,3", or one for all six layers; each must divide the channels of its
/// layer. Throws ConfigError.
GroupCounts parseGroups(std::string_view text);
std::string formatGroups(const GroupCounts& groups);

/// "LABEL=norm[:groups=2,2,2,2,3,3][:l1=1e-4]". Throws ConfigError.
ModelConfig parseModel(std::string_view text);
std::string formatModel(const ModelConfig& model);

/// The command line that trains this comparison into `out`.
std::string trainCommand(const TrainingConfig& config, const std::filesystem::path& out);

}  // namespace normscope
