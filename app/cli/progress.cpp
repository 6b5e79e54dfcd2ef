#include "app/cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace normscope {
namespace {

constexpr int kBarCells = 24;
constexpr std::chrono::milliseconds kRedraw{100};

std::string withDecimals(double value, int decimals) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string duration(double seconds) {
    const auto whole = static_cast<long>(std::lround(seconds));
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%ld:%02ld", whole / 60, whole % 60);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string result(const EpochRecord& epoch, int testTotal) {
    const long wrong = std::lround((1.0 - epoch.testAccuracy) * testTotal);
    return "loss " + withDecimals(epoch.trainLoss, 4) + ", " + std::to_string(wrong) + " of " +
           std::to_string(testTotal) + " wrong";
}

}  // namespace

Progress::Progress(const TrainingConfig& config, int testTotal)
    : config_(config),
      testTotal_(testTotal),
      terminal_(::isatty(STDERR_FILENO) == 1),
      latest_(config.models.size()),
      results_(config.models.size()) {}

void Progress::show(const TrainingSnapshot& snapshot) {
    latest_[snapshot.model] = snapshot;
    if (!snapshot.epochs.empty()) {
        results_[snapshot.model] = result(snapshot.epochs.back(), testTotal_);
    }
    if (!terminal_) {
        printEnded(snapshot);
        return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ >= kRedraw) {
        drawn_ = now;
        drawBars();
    }
}

void Progress::note(const std::string& sentence) {
    std::fprintf(stderr, "%s%s\n", terminal_ ? "\033[K" : "", sentence.c_str());
    drawnOnce_ = false;  // the bars go on below
}

void Progress::printEnded(const TrainingSnapshot& snapshot) const {
    for (const EpochRecord& epoch : snapshot.epochs) {
        std::fprintf(stderr, "%s: epoch %d of %d, %s, %.0f images/s\n",
                     config_.models[snapshot.model].label.c_str(), epoch.epoch,
                     snapshot.totalEpochs, result(epoch, testTotal_).c_str(),
                     snapshot.imagesPerSecond);
    }
}

void Progress::drawBars() {
    std::string text;
    if (drawnOnce_) {
        text = "\033[" + std::to_string(latest_.size()) + "A";
    }
    for (std::size_t model = 0; model < latest_.size(); ++model) {
        text += bar(model) + "\033[K\n";
    }
    drawnOnce_ = true;
    std::fputs(text.c_str(), stderr);
}

std::string Progress::bar(std::size_t model) const {
    const TrainingSnapshot& now = latest_[model];
    std::size_t widest = 0;
    for (const ModelConfig& other : config_.models) {
        widest = std::max(widest, other.label.size());
    }
    std::string text = config_.models[model].label;
    text.resize(widest + 1, ' ');
    const double share = now.totalSteps == 0
                             ? 0.0
                             : static_cast<double>(now.step) / static_cast<double>(now.totalSteps);
    const int cells = static_cast<int>(share * kBarCells);
    text += '[';
    text.append(static_cast<std::size_t>(cells), '#');
    text.append(static_cast<std::size_t>(kBarCells - cells), '.');
    text += "] epoch " + std::to_string(now.epoch) + "/" + std::to_string(now.totalEpochs);
    if (now.imagesPerSecond > 0.0 && now.step < now.totalSteps) {
        const double perStep = config_.batchSize / now.imagesPerSecond;
        text += ", " + withDecimals(now.imagesPerSecond, 0) + " images/s, " +
                duration(static_cast<double>(now.totalSteps - now.step) * perStep) + " left";
    }
    return results_[model].empty() ? text : text + ", " + results_[model];
}

void Progress::finish() {
    if (terminal_) {
        drawBars();
    }
}

}  // namespace normscope
