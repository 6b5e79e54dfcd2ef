#pragma once

#include <QSlider>
#include <vector>

namespace normscope {

/// Chooses a number of groups: the stops are the divisors of the number of channels, equally far
/// apart, so that 16 and 32 are as easy to reach as 1 and 2.
class GroupsSlider : public QSlider {
    Q_OBJECT

  public:
    explicit GroupsSlider(QWidget* parent = nullptr);

    void setChannels(int channels);
    int channels() const { return divisors_.back(); }

    int groups() const { return divisors_[static_cast<std::size_t>(value())]; }
    /// The nearest divisor.
    void setGroups(int groups);

  signals:
    void groupsChanged(int groups);

  private:
    std::vector<int> divisors_{1};
};

}  // namespace normscope
