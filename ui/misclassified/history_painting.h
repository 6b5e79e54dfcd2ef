#pragma once

#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

#include "core/learning_history.h"
#include "ui/affine/figure.h"
#include "ui/compared_model.h"
#include "ui/picture/picture.h"

class QPainter;

namespace normscope {

/// What a model read in one test image after each epoch.
struct DigitHistory {
    int image = 0;
    int label = 0;
    std::vector<std::optional<int>> read;  ///< per epoch; empty where it was not kept
};

/// The ups and downs of one model: how many digits are wrong after each epoch, how many of them it
/// lost and how many it learned, and how it read the chosen digit.
struct HistoryContent {
    QString label;  ///< of the model
    CurveStyle style;
    std::vector<EpochChange> changes;
    std::optional<DigitHistory> digit;

    /// Whether any epoch but the last was kept.
    bool isKept() const;
};

DigitHistory digitHistory(const ModelHistory& history, int image, int label);

/// The axes that the models share.
struct HistoryScale {
    int epochs = 1;
    int wrong = 1;
    int changed = 1;  ///< learned or lost
};
HistoryScale commonScale(const std::vector<HistoryContent>& models);

class HistoryLayout {
  public:
    HistoryLayout(const QRectF& rect, const QFont& font, const HistoryScale& scale);

    QRectF title() const { return title_; }
    QRectF wrong() const { return wrong_; }
    QRectF changed() const { return changed_; }
    QRectF axis() const { return axis_; }
    QRectF caption() const { return caption_; }  ///< of the strip
    QRectF strip() const { return strip_; }
    /// From the curve down to the strip. Epochs count from 1.
    QRectF column(int epoch) const;
    std::optional<int> epochAt(QPointF point) const;

    static QSize minimumSize(const QFont& font);

  private:
    int epochs_;
    QRectF title_;
    QRectF wrong_;
    QRectF changed_;
    QRectF axis_;
    QRectF caption_;
    QRectF strip_;
};

/// `epoch` is pointed out.
void paintHistory(QPainter& painter, const QRectF& rect, const HistoryContent& content,
                  const HistoryScale& scale, const FigureLook& look, std::optional<int> epoch = {});

/// All models side by side. Their styles must be those on a light ground.
Picture historyPicture(std::vector<HistoryContent> models);

}  // namespace normscope
