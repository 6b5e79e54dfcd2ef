#pragma once

#include <optional>
#include <vector>

#include "ui/affine/figure.h"
#include "ui/compared_model.h"
#include "ui/reading_source.h"

namespace normscope {

/// "97 %", and never 0 or 100 for what is not quite that, "< 0.1 %" for next to nothing.
QString probabilityText(double probability);

/// The ten probabilities of every model: a row per digit, a column per model, one axis for all.
class ProbabilityBars : public Figure {
    Q_OBJECT

  public:
    explicit ProbabilityBars(QWidget* parent = nullptr);

    void setModels(const Comparison& models);
    /// One per model; `label`: the true digit, -1 where nobody knows it.
    void setReadings(const std::vector<ModelReading>& readings, int label);
    void clear();

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

  protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    /// What one model answers.
    struct Answer {
        DigitProbabilities probabilities;
        int digit;
    };
    struct Layout {
        int columns = 1;      ///< beside each other
        double digits = 0.0;  ///< width of the names of the rows
        double column = 0.0;  ///< width of one, with the gap behind it
        double gap = 0.0;
        double line = 0.0;  ///< height of the two lines above
        double row = 0.0;
        double band = 0.0;  ///< height of ten rows, what is above and the gap below
    };
    Layout layOut(int width) const;
    QRectF placeOf(const Layout& layout, std::size_t model, int digit) const;
    const Answer* answerOf(std::size_t model) const;
    void paintRows(QPainter& painter, const Layout& layout, int band) const;
    void paintModel(QPainter& painter, const Layout& layout, std::size_t model) const;
    void paintBar(QPainter& painter, const QRectF& place, std::size_t model, int digit) const;
    QString answerText(std::size_t model) const;
    QString cellText(QPoint at) const;

    Comparison models_;
    std::vector<std::optional<Answer>> answers_;
    int label_ = -1;
};

}  // namespace normscope
