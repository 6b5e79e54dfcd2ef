#pragma once

namespace normscope {

/// Mean of values, each counted as often as it weighs.
class AverageMeter {
  public:
    void add(double value, double weight) {
        sum_ += value * weight;
        weight_ += weight;
    }
    double mean() const { return weight_ == 0.0 ? 0.0 : sum_ / weight_; }

  private:
    double sum_ = 0.0;
    double weight_ = 0.0;
};

/// Images per second of late: an average whose weights halve with every two seconds of work.
class SpeedMeter {
  public:
    void add(double images, double seconds);
    double imagesPerSecond() const { return seconds_ > 0.0 ? images_ / seconds_ : 0.0; }

  private:
    double images_ = 0.0;
    double seconds_ = 0.0;
};

}  // namespace normscope
