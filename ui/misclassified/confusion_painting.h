#pragma once

#include <QRectF>
#include <QString>
#include <array>
#include <optional>

#include "core/network.h"
#include "ui/affine/figure.h"
#include "ui/misclassified/gallery_answers.h"
#include "ui/norm_style.h"
#include "ui/picture/picture.h"

class QPainter;

namespace normscope {

/// How often which digit was read as which.
struct ConfusionContent {
    QString model;
    CurveStyle style;
    std::array<std::array<int, kClassCount>, kClassCount> counts{};  ///< [label][prediction]

    int most() const;  ///< mistakes in any one cell
    int count(int label, int prediction) const;
};
ConfusionContent confusionOf(const GalleryAnswers& answers, const QString& model,
                             const CurveStyle& style);

struct ConfusionCell {
    int label = 0;
    int prediction = 0;

    bool isMistake() const { return label != prediction; }
    friend bool operator==(const ConfusionCell&, const ConfusionCell&) = default;
};

/// What is pointed out in a matrix.
struct ConfusionMarks {
    std::optional<ConfusionCell> chosen;   ///< the galleries show it
    std::optional<ConfusionCell> current;  ///< of the keyboard
};

/// Where the cells are: square, a row for each true digit.
class ConfusionLayout {
  public:
    ConfusionLayout(const QRectF& rect, const QFont& font);

    QRectF cell(const ConfusionCell& cell) const;
    std::optional<ConfusionCell> cellAt(QPointF point) const;
    QRectF matrix() const;

    static QSize minimumSize(const QFont& font);

  private:
    QPointF topLeft_;
    double side_;
};

/// Colours tell the mistakes from each other; the diagonal, which is many times larger, has none.
void paintConfusion(QPainter& painter, const QRectF& rect, const ConfusionContent& content,
                    const FigureLook& look, const ConfusionMarks& marks = {});

/// All models side by side. Their styles must be those on a light ground.
Picture confusionPicture(std::vector<ConfusionContent> models);

}  // namespace normscope
