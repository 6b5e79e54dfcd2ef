#pragma once

#include "ui/misclassified/agreement_painting.h"
#include "ui/misclassified/gallery_filter.h"

namespace normscope {

/// Who misreads what, to choose a set of models from.
class AgreementFigure : public Figure {
    Q_OBJECT

  public:
    explicit AgreementFigure(QWidget* parent = nullptr);

    void setContent(AgreementContent content);
    /// The sets that the galleries are filtered to.
    void setFilter(const MisreaderFilter& filter);
    const AgreementContent& content() const { return content_; }

    QString spokenValues() const override;
    QSize minimumSizeHint() const override;

  signals:
    /// Clicked, or Enter or Space pressed.
    void setChosen(normscope::ModelSet models);

  protected:
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

  private:
    std::optional<std::size_t> setUnder(QPointF point) const;
    void moveTo(std::size_t set);

    AgreementContent content_;
    MisreaderFilter filter_;
    std::size_t current_ = 0;
};

}  // namespace normscope
