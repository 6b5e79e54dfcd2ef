#pragma once

#include <QIconEngine>

namespace normscope {

/// An icon that is painted at whatever size is asked for: paint() is all that it needs.
class PaintedIconEngine : public QIconEngine {
  public:
    /// On transparent ground, which QIconEngine leaves unpainted.
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
};

}  // namespace normscope
