#pragma once

#include <QWidget>

#include "core/norm_spec.h"

namespace normscope {

/// A short piece of a model's curve, so that its row and its curves are seen to belong together.
class CurveSwatch : public QWidget {
    Q_OBJECT

  public:
    explicit CurveSwatch(QWidget* parent = nullptr);

    void setCurve(NormKind kind, int variant);

    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    NormKind kind_ = NormKind::None;
    int variant_ = 0;
};

}  // namespace normscope
