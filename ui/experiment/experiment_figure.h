#pragma once

#include <vector>

#include "ui/affine/figure.h"
#include "ui/norm_style.h"
#include "ui/picture/picture.h"

class QPainter;

namespace normscope {

class CurvePlot;

/// Who a model is in the figures of an experiment.
struct FigureModel {
    QString label;
    NormKind kind = NormKind::None;
    int variant = 0;

    CurveStyle style(bool dark) const { return curveStyle(kind, variant, dark); }
};
std::vector<FigureModel> figureModels(const std::vector<QString>& labels,
                                      const std::vector<NormKind>& kinds);

/// A chart of an experiment: title, legend and axes, drawn alike on the screen and in pictures.
/// What is between the axes is a subclass's.
class ExperimentFigure : public Figure {
    Q_OBJECT

  public:
    explicit ExperimentFigure(QWidget* parent = nullptr);

    QString title() const { return accessibleName(); }
    /// What the figure shows whenever the picture is drawn; the figure must outlive it.
    Picture picture() const;
    void paint(QPainter& painter, const QRect& rect, const FigureLook& look) const;

    QSize minimumSizeHint() const override;

    void setTitle(const QString& title);

  protected:
    void setModels(std::vector<FigureModel> models);
    const std::vector<FigureModel>& models() const { return models_; }

    /// Adds what was measured to a plot that has its look and its size.
    virtual void draw(CurvePlot& plot) const = 0;
    /// Whether there is a legend; not where the axes name the models.
    virtual bool hasLegend() const { return true; }

    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    QRect paintTitle(QPainter& painter, const QRect& rect, const FigureLook& look) const;
    QRect paintLegend(QPainter& painter, const QRect& rect, const FigureLook& look) const;
    void paintPlot(QPainter& painter, const QRect& rect, const FigureLook& look) const;

    std::vector<FigureModel> models_;
};

/// Side by side as one sheet; the figures must outlive it.
Picture figureSheet(const QString& title, const std::vector<const ExperimentFigure*>& figures);

}  // namespace normscope
