#pragma once

#include <optional>
#include <vector>

#include "ui/affine/figure.h"
#include "ui/compared_model.h"

namespace normscope {

/// The probability that one model gives its answer: in evaluation mode, and among one set of
/// companions after the other.
struct CompanionTrials {
    int digit = 0;  ///< its answer in evaluation mode
    double evaluated = 0.0;
    std::vector<double> together;  ///< the newest last

    /// From the lowest to the highest among companions, of which there must be a set. Evaluation
    /// mode does not count: it has other statistics, whoever the companions are.
    double spread() const;
};

/// One sentence from what was measured: whose probabilities companions move and whose stand still,
/// which takes two sets of them; with one, that it takes another. Empty before there is anything to
/// say. Models without trials are left out.
QString companionsSentence(const Comparison& models,
                           const std::vector<std::optional<CompanionTrials>>& trials);

/// A row per model on one axis from 0 to 100 %: a tick in evaluation mode, a dot per set of
/// companions, the newest one filled.
class CompanionsChart : public Figure {
    Q_OBJECT

  public:
    explicit CompanionsChart(QWidget* parent = nullptr);

    void setTrials(const Comparison& models, std::vector<std::optional<CompanionTrials>> trials);

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    void paintRow(QPainter& painter, const QRectF& row, double names, std::size_t model) const;
    void paintAxis(QPainter& painter, const QRectF& axis) const;

    Comparison models_;
    std::vector<std::optional<CompanionTrials>> trials_;
};

}  // namespace normscope
